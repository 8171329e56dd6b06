using Minke.Api;
using Minke.Api.Meta;
using Minke.ApiServer.Patch.Apply;
using Xunit;

namespace Minke.ApiServer.Tests.Patch.Apply;

/// <summary>An object as a server would hold it between requests, without storage. Every write is one second later than the one before.</summary>
internal sealed class TrackedObject(KindInfo kind)
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public byte[] Json { get; private set; } = [];

    public IReadOnlyList<ManagedFieldsEntry> Owners { get; private set; } = [];

    public DateTimeOffset Now { get; private set; } = s_start;

    /// <summary>Stores the object as a program does that leaves out the tracking.</summary>
    public void StoreUntracked(string json) => Json = Patch.Json.Bytes(json);

    public ApplyResult Apply(string manager, string configuration, bool force = false, string subresource = "")
    {
        Now += TimeSpan.FromSeconds(1);
        var result = FieldManager.Apply(kind, Json, Owners, Patch.Json.Bytes(Head(configuration)), new FieldWriter(manager, subresource, Now), force);
        Json = result.Json;
        Owners = result.ManagedFields;
        return result;
    }

    public void Update(string manager, string json, string subresource = "", params ManagedFieldsEntry[] sent)
    {
        Now += TimeSpan.FromSeconds(1);
        var bytes = Patch.Json.Bytes(Head(json));
        Owners = FieldManager.TrackUpdate(kind, Json, bytes, Owners, sent, new FieldWriter(manager, subresource, Now));
        Json = bytes;
    }

    /// <summary>The fields of a manager in the order of their text, one a line; empty when it owns none.</summary>
    public string Fields(string manager, string operation = "Apply")
    {
        var entry = Owners.SingleOrDefault(owner => owner.Manager == manager && owner.Operation == operation);
        return entry is null
            ? ""
            : string.Join('\n', FieldSetText.Read(entry.FieldsV1!.Utf8, trusted: false).Paths().Select(PathElement.Display).Order(StringComparer.Ordinal));
    }

    public ManagedFieldsEntry Entry(string manager) => Owners.Single(owner => owner.Manager == manager);

    public void AssertJson(string expected) => Patch.Json.AssertEqual(Head(expected), Json);

    public void AssertFields(string manager, string operation, params string[] expected) =>
        Assert.Equal(string.Join('\n', expected.Order(StringComparer.Ordinal)), Fields(manager, operation));

    private string Head(string body) => $"{{'kind':'{kind.Kind}','apiVersion':'{kind.ApiVersion}',{body}}}";
}
