using System.Text.Json;
using Minke.Api;
using Minke.Api.Meta;

namespace Minke.ApiServer.Patch.Apply;

/// <summary>Who writes, where and when; what an entry of managedFields says about a write.</summary>
/// <param name="Manager">See <see cref="FieldManagerName"/>.</param>
/// <param name="Subresource">Empty for the object itself.</param>
public readonly record struct FieldWriter(string Manager, string Subresource, DateTimeOffset Now);

/// <summary>What an apply leads to.</summary>
/// <param name="Json">The merged object, not yet defaulted or validated. Its managedFields are the old ones.</param>
/// <param name="ManagedFields">The entries to store with it.</param>
/// <param name="IsChanged">False when the object already is what the configuration asks for.</param>
public sealed record ApplyResult(byte[] Json, IReadOnlyList<ManagedFieldsEntry> ManagedFields, bool IsChanged);

/// <summary>
/// Keeps track of who owns which field of an object, and applies configurations (server-side apply, KEP-555; the semantics are those of
/// sigs.k8s.io/structured-merge-diff). Pure functions over the JSON of an object and its managedFields.
/// </summary>
/// <remarks>
/// An object without managedFields is not tracked until somebody applies a configuration to it: from then on its fields belong to the manager
/// <c>before-first-apply</c>. So a writer inside of this program that makes many objects may leave out the tracking when it creates them,
/// and conflicts are still found.
/// </remarks>
public static class FieldManager
{
    private const string BeforeFirstApply = "before-first-apply";
    private static readonly JsonDocumentOptions s_encodedHere = new() { MaxDepth = JsonText.MaxDepth };

    /// <summary>The managedFields to store after a create, update, or patch that is not an apply.</summary>
    /// <param name="before">The stored object; empty at a create.</param>
    /// <param name="after">The object to store, defaulted. What it holds as managedFields does not count.</param>
    /// <param name="stored">The managedFields of the stored object.</param>
    /// <param name="sent">The managedFields that the client sent; clients may edit them, but not at a subresource.</param>
    public static IReadOnlyList<ManagedFieldsEntry> TrackUpdate(
        KindInfo kind,
        ReadOnlyMemory<byte> before,
        ReadOnlyMemory<byte> after,
        IReadOnlyList<ManagedFieldsEntry> stored,
        IReadOnlyList<ManagedFieldsEntry> sent,
        FieldWriter writer)
    {
        var owners = FieldOwners.Of(stored, writer.Subresource.Length == 0 ? sent : null, kind);
        if (owners.IsEmpty && !before.IsEmpty)
        {
            return [];
        }

        using var old = Parse(before.IsEmpty ? EmptyObjects.Of(kind) : before);
        using var current = Parse(after);
        var comparison = ObjectComparison.Of(old.RootElement, current.RootElement, kind.Schema);
        Track(owners, comparison, new FieldOwnerId(writer.Manager, FieldOwner.UpdateOperation, kind.ApiVersion, writer.Subresource), kind, writer);
        return owners.ToEntries();
    }

    /// <summary>Merges a configuration into the object.</summary>
    /// <param name="live">The stored object; empty when it does not exist yet.</param>
    /// <param name="stored">The managedFields of the stored object.</param>
    /// <param name="configuration">What the client applies.</param>
    /// <param name="force">Take fields from other managers instead of failing.</param>
    /// <exception cref="ApiException">409 with the conflicts; 400 when the configuration is not one of an object of this kind.</exception>
    public static ApplyResult Apply(
        KindInfo kind,
        ReadOnlyMemory<byte> live,
        IReadOnlyList<ManagedFieldsEntry> stored,
        ReadOnlyMemory<byte> configuration,
        FieldWriter writer,
        bool force)
    {
        using var applied = ParseConfiguration(kind, configuration);
        var empty = EmptyObjects.Of(kind);
        using var current = Parse(live.IsEmpty ? empty : live);
        var owners = FieldOwners.OfStored(stored, kind);
        if (owners.IsEmpty && !live.IsEmpty)
        {
            using var nothing = Parse(empty);
            var all = ObjectComparison.Of(nothing.RootElement, current.RootElement, kind.Schema);
            Track(owners, all, new FieldOwnerId(BeforeFirstApply, FieldOwner.UpdateOperation, kind.ApiVersion, ""), kind, writer);
        }

        var application = new Application(kind, current.RootElement, applied.RootElement, owners, writer);
        return application.Run(force);
    }

    /// <summary>
    /// Gives what changed to its writer and takes it from everybody else. An owner keeps the time of the last write that it gained a field by
    /// or changed one of its fields by.
    /// </summary>
    private static void Track(FieldOwners owners, ObjectComparison comparison, FieldOwnerId self, KindInfo kind, FieldWriter writer)
    {
        if (comparison.IsSame)
        {
            return;
        }

        var changed = UntrackedFields.Strip(comparison.Changed, kind, writer.Subresource);
        owners.TakeFromOthers(changed.Union(comparison.Removed), self);
        var own = owners.Find(self);
        if (own is not null && !own.OwnsAny(comparison.Removed) && own.OwnsAll(changed))
        {
            if (!changed.IsEmpty)
            {
                owners.Set(own.At(writer.Now));
            }

            return;
        }

        var fields = (own?.Fields ?? FieldSet.Empty).Difference(comparison.Removed).Union(changed);
        owners.Set(new FieldOwner(self, changed.IsEmpty ? own?.Time : writer.Now, fields));
    }

    private static JsonDocument ParseConfiguration(KindInfo kind, ReadOnlyMemory<byte> configuration)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(configuration, JsonText.DocumentOptions);
        }
        catch (JsonException exception)
        {
            throw ApiErrors.BadRequest("error decoding the applied configuration: " + exception.Message, exception);
        }

        if (Complaint(kind, document.RootElement) is { } complaint)
        {
            document.Dispose();
            throw ApiErrors.BadRequest(complaint);
        }

        return document;
    }

    private static string? Complaint(KindInfo kind, JsonElement configuration)
    {
        if (configuration.ValueKind != JsonValueKind.Object)
        {
            return "error decoding the applied configuration: a JSON object is expected";
        }

        var version = Text(configuration, "apiVersion");
        if (version != kind.ApiVersion)
        {
            return $"Incorrect version specified in apply patch. Specified patch version: {version}, expected: {kind.ApiVersion}";
        }

        if (Text(configuration, "kind") is var name && name != kind.Kind)
        {
            return $"the kind of the applied configuration ({name}) does not match the expected kind ({kind.Kind})";
        }

        var hasManagedFields = configuration.TryGetProperty("metadata", out var metadata)
            && metadata.ValueKind == JsonValueKind.Object
            && metadata.TryGetProperty("managedFields", out var managed)
            && managed.ValueKind != JsonValueKind.Null
            && !(managed.ValueKind == JsonValueKind.Array && managed.GetArrayLength() == 0);
        return hasManagedFields ? "metadata.managedFields must be nil" : null;
    }

    private static string Text(JsonElement value, string name) =>
        value.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString()! : "";

    /// <summary>Parses an object that this program encoded; it has no member twice, which would cost to check.</summary>
    private static JsonDocument Parse(ReadOnlyMemory<byte> json) => JsonDocument.Parse(json, s_encodedHere);
}
