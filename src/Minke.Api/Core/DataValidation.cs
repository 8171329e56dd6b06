using Minke.Api.Selectors;

namespace Minke.Api.Core;

/// <summary>Checks what config maps and secrets hold.</summary>
internal static class DataValidation
{
    /// <summary>What one config map or secret may hold (1 MiB).</summary>
    public const int MaxBytes = 1024 * 1024;

    private const string Immutable = "field is immutable when `immutable` is set";

    public static void CheckKeys(IEnumerable<string> keys, FieldPath path, FieldErrors errors)
    {
        foreach (var key in keys)
        {
            errors.AddAll(path.Key(key), key, NameSyntax.ConfigMapKey(key));
        }
    }

    public static void CheckSize(long bytes, FieldErrors errors)
    {
        if (bytes > MaxBytes)
        {
            errors.TooLong("", MaxBytes);
        }
    }

    /// <summary>What is marked immutable stays so, and as it is.</summary>
    public static void CheckImmutable(bool? old, bool? current, bool sameData, FieldErrors errors)
    {
        if (old != true)
        {
            return;
        }

        if (current != true)
        {
            errors.Forbidden("immutable", Immutable);
        }

        if (!sameData)
        {
            errors.Forbidden("data", Immutable);
        }
    }

    public static bool Same(ApiMap<ReadOnlyMemory<byte>> one, ApiMap<ReadOnlyMemory<byte>> other) =>
        one.Count == other.Count
        && one.All(entry => other.TryGetValue(entry.Key, out var value) && value.Span.SequenceEqual(entry.Value.Span));

    public static bool Same(ApiMap<string> one, ApiMap<string> other) =>
        one.Count == other.Count && one.All(entry => other.TryGetValue(entry.Key, out var value) && value == entry.Value);
}
