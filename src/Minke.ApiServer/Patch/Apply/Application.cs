using System.Text.Json;
using Minke.Api;

namespace Minke.ApiServer.Patch.Apply;

/// <summary>One apply of a configuration to a live object.</summary>
internal sealed class Application
{
    private readonly KindInfo _kind;
    private readonly JsonElement _live;
    private readonly JsonElement _configuration;
    private readonly FieldOwners _owners;
    private readonly FieldWriter _writer;
    private readonly FieldOwnerId _self;

    public Application(KindInfo kind, JsonElement live, JsonElement configuration, FieldOwners owners, FieldWriter writer)
    {
        _kind = kind;
        _live = live;
        _configuration = configuration;
        _owners = owners;
        _writer = writer;
        _self = new FieldOwnerId(writer.Manager, FieldOwner.ApplyOperation, kind.ApiVersion, writer.Subresource);
    }

    /// <exception cref="ApiException">409 with the conflicts; 400 when the configuration has fields that are not declared.</exception>
    public ApplyResult Run(bool force)
    {
        var applied = ReadFields();
        var last = _owners.Find(_self);
        var merged = ConfigurationMerge.Merge(_live, _configuration, _kind.Schema);
        var wanted = Prune(merged, last?.Fields ?? FieldSet.Empty, applied);
        using var document = JsonDocument.Parse(wanted, JsonText.DocumentOptions);
        var comparison = ObjectComparison.Of(_live, document.RootElement, _kind.Schema);
        if (!force)
        {
            RequireNoConflicts(UntrackedFields.Strip(comparison.Changed, _kind, _writer.Subresource));
        }

        _owners.TakeFromOthers(comparison.Changed.Union(comparison.Removed), _self);
        var isUnchanged = comparison.IsSame && last is not null && last.Fields.SetEquals(applied);
        _owners.Set(isUnchanged ? last! : new FieldOwner(_self, _writer.Now, applied));
        var json = LastAppliedConfiguration.Update(wanted, document.RootElement, _configuration, _writer.Manager);
        return new ApplyResult(json, _owners.ToEntries(), !comparison.IsSame);
    }

    private FieldSet ReadFields()
    {
        try
        {
            return UntrackedFields.Strip(ConfigurationFields.OfConfiguration(_configuration, _kind.Schema), _kind, _writer.Subresource);
        }
        catch (FormatException exception)
        {
            throw ApiErrors.BadRequest(
                $"failed to create typed patch object ({Text("namespace")}/{Text("name")}; {_kind.Group}/{_kind.Version}, Kind={_kind.Kind}): {exception.Message}",
                exception);
        }
    }

    private string Text(string field) =>
        _configuration.TryGetProperty("metadata", out var metadata)
        && metadata.ValueKind == JsonValueKind.Object
        && metadata.TryGetProperty(field, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";

    private void RequireNoConflicts(FieldSet changed)
    {
        var conflicts = ApplyConflicts.Find(_owners, _self, changed);
        if (conflicts.Any)
        {
            conflicts = conflicts.Except(LastAppliedConfiguration.OwnedFields(_live, _kind, _writer.Manager));
        }

        if (conflicts.Any)
        {
            throw conflicts.ToException();
        }
    }

    /// <summary>
    /// Removes what this manager applied the last time, does not apply now, and no other applier owns. A declared field is removed only
    /// together with everything in it, so that something in it that others own keeps it.
    /// </summary>
    private byte[] Prune(byte[] merged, FieldSet last, FieldSet applied)
    {
        if (last.Difference(applied).IsEmpty)
        {
            return merged;
        }

        using var document = JsonDocument.Parse(merged, JsonText.DocumentOptions);
        var scope = FieldScope.Root(_kind.Schema);
        var all = Fields(document.RootElement);
        var lastWithParents = last.WithDeclaredParents(scope);
        var withoutLast = Fields(FieldRemoval.Remove(document.RootElement, lastWithParents, _kind.Schema));

        // First everything goes that was applied last time; then what appliers own now comes back, with what is around it.
        var others = _owners.Copy();
        others.Set(new FieldOwner(_self, null, applied));
        var owned = others.Applied().WithDeclaredParents(scope);
        var withOwned = Fields(FieldRemoval.Remove(document.RootElement, all.Difference(withoutLast.Union(owned)), _kind.Schema));
        return FieldRemoval.Remove(document.RootElement, all.Difference(withOwned).Intersection(lastWithParents), _kind.Schema);
    }

    private FieldSet Fields(byte[] json)
    {
        using var document = JsonDocument.Parse(json, JsonText.DocumentOptions);
        return Fields(document.RootElement);
    }

    private FieldSet Fields(JsonElement value) =>
        ConfigurationFields.OfObject(value, _kind.Schema).WithDeclaredParents(FieldScope.Root(_kind.Schema));
}
