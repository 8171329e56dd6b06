using System.Text;
using Minke.Api;
using Xunit;

namespace Minke.Api.Tests.Validation;

/// <summary>Objects in tests, written as JSON with single quotes, and what validation says about them.</summary>
internal static class Checked
{
    public static T Read<T>(string json) where T : ApiObject, new() => ApiJson.Decode<T>(Encoding.UTF8.GetBytes(json.Replace('\'', '"')));

    /// <summary>The object with its defaults.</summary>
    public static T Complete<T>(string json) where T : ApiObject, new()
    {
        var item = Read<T>(json);
        item.Info.Default?.Invoke(item);
        return item;
    }

    public static string Json(ApiObject item) => Encoding.UTF8.GetString(ApiJson.Encode(item));

    /// <summary>The complaints about a new object, each as "field: message".</summary>
    public static IReadOnlyList<string> Create<T>(string json) where T : ApiObject, new()
    {
        var item = Complete<T>(json);
        var errors = new FieldErrors();
        item.Info.Validate?.Invoke(item, errors);
        return Texts(errors);
    }

    /// <summary>The complaints about a change.</summary>
    public static IReadOnlyList<string> Update<T>(string old, string current) where T : ApiObject, new()
    {
        var errors = new FieldErrors();
        var before = Complete<T>(old).Frozen();
        var after = Complete<T>(current).Frozen();
        after.Info.ValidateUpdate?.Invoke(before, after, errors);
        return Texts(errors);
    }

    public static void AssertOnly(string expected, IReadOnlyList<string> actual) =>
        Assert.True(actual is [var only] && only == expected, $"expected {expected}\nactual   {string.Join("\n         ", actual)}");

    private static List<string> Texts(FieldErrors errors) => [.. errors.Causes.Select(cause => $"{cause.Field}: {cause.Message}")];
}
