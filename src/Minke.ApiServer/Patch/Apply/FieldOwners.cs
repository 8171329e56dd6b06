using Minke.Api;
using Minke.Api.Meta;

namespace Minke.ApiServer.Patch.Apply;

/// <summary>All owners of one object's fields: its managedFields, read. Changed by one request only.</summary>
internal sealed class FieldOwners
{
    /// <summary>More entries of updating managers than these are merged, oldest first, as kube-apiserver does.</summary>
    public const int MaxUpdaters = 10;

    private const string MergedManager = "ancient-changes";

    private readonly List<FieldOwner> _owners;
    private IReadOnlyList<ManagedFieldsEntry>? _unchanged; // the entries that were read, until an owner changes

    private FieldOwners(List<FieldOwner> owners, IReadOnlyList<ManagedFieldsEntry>? source = null)
    {
        _owners = owners;
        _unchanged = source;
    }

    public bool IsEmpty => _owners.Count == 0;

    public IReadOnlyList<FieldOwner> All => _owners;

    /// <summary>The owners that an object is stored with. Entries that cannot be read count as none, so that they cannot block every write.</summary>
    public static FieldOwners OfStored(IReadOnlyList<ManagedFieldsEntry> entries, KindInfo kind) => TryRead(entries, static _ => true, kind, keepsSource: true) ?? new FieldOwners([]);

    /// <summary>
    /// The owners that a write starts from. A client may change managedFields itself, or reset them with one empty entry; what it leaves empty
    /// or malformed stays as stored, because clients that do not know the field would wipe it out otherwise.
    /// </summary>
    /// <param name="stored">The entries of the object before the write.</param>
    /// <param name="sent">The entries that the client sent; null where clients may not change them.</param>
    public static FieldOwners Of(IReadOnlyList<ManagedFieldsEntry> stored, IReadOnlyList<ManagedFieldsEntry>? sent, KindInfo kind)
    {
        if (sent is [var only] && IsEmptyEntry(only))
        {
            return new FieldOwners([]);
        }

        return sent is { Count: > 0 } && TryRead(sent, entry => IsAmong(stored, entry), kind) is { } owners ? owners : OfStored(stored, kind);
    }

    /// <summary>A copy that can be changed on its own.</summary>
    public FieldOwners Copy() => new([.. _owners]);

    public FieldOwner? Find(FieldOwnerId id) => _owners.Find(owner => owner.Id == id);

    /// <summary>Adds an owner, replaces the one of the same name, or drops it when it owns nothing.</summary>
    public void Set(FieldOwner owner)
    {
        _unchanged = null;
        _owners.RemoveAll(existing => existing.Id == owner.Id);
        if (!owner.IsEmpty)
        {
            _owners.Add(owner);
        }
    }

    /// <summary>Takes fields away from all owners but one.</summary>
    public void TakeFromOthers(FieldSet fields, FieldOwnerId self)
    {
        for (var i = _owners.Count - 1; i >= 0; i--)
        {
            var owner = _owners[i];
            if (owner.Id == self || !owner.OwnsAny(fields))
            {
                continue;
            }

            _unchanged = null;
            var remaining = owner.Fields.Difference(fields);
            if (remaining.IsEmpty)
            {
                _owners.RemoveAt(i);
            }
            else
            {
                _owners[i] = owner.With(remaining);
            }
        }
    }

    /// <summary>What appliers own, together.</summary>
    public FieldSet Applied() => _owners.Where(owner => owner.Applies).Aggregate(FieldSet.Empty, (all, owner) => all.Union(owner.Fields));

    /// <summary>The entries to store, in the order that Kubernetes keeps them in.</summary>
    public IReadOnlyList<ManagedFieldsEntry> ToEntries()
    {
        if (_unchanged is not null)
        {
            return _unchanged;
        }

        MergeOldest();
        return
        [
            .. _owners
                .OrderBy(owner => owner.Id.Operation, StringComparer.Ordinal)
                .ThenBy(owner => owner.Time?.ToUnixTimeSeconds() ?? 0)
                .ThenBy(owner => owner.Id.Manager, StringComparer.Ordinal)
                .ThenBy(owner => owner.Id.Subresource, StringComparer.Ordinal)
                .Select(owner => owner.ToEntry()),
        ];
    }

    private void MergeOldest()
    {
        var updaters = _owners.Where(owner => !owner.Applies).ToList();
        if (updaters.Count <= MaxUpdaters)
        {
            return;
        }

        // The merged owner takes one of the places itself.
        var oldest = updaters.OrderBy(owner => owner.Time ?? DateTimeOffset.MinValue).Take(updaters.Count - MaxUpdaters + 1).ToList();
        var fields = oldest.Aggregate(FieldSet.Empty, (all, owner) => all.Union(owner.Fields));
        var merged = new FieldOwner(oldest[0].Id with { Manager = MergedManager, Subresource = "" }, oldest[^1].Time, fields);
        _owners.RemoveAll(oldest.Contains);
        var existing = Find(merged.Id);
        Set(existing is null ? merged : merged.With(merged.Fields.Union(existing.Fields)));
    }

    private static FieldOwners? TryRead(IReadOnlyList<ManagedFieldsEntry> entries, Func<ManagedFieldsEntry, bool> trusts, KindInfo kind, bool keepsSource = false)
    {
        try
        {
            // Each kind has one version; what another version's fields mean is not known.
            var owners = entries
                .Where(entry => entry.ApiVersion == kind.ApiVersion)
                .Select(entry => FieldOwner.Read(entry, trusts(entry)))
                .DistinctBy(owner => owner.Id)
                .ToList();
            return new FieldOwners(owners, keepsSource && owners.Count == entries.Count ? entries : null);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static bool IsAmong(IReadOnlyList<ManagedFieldsEntry> stored, ManagedFieldsEntry entry)
    {
        foreach (var candidate in stored)
        {
            if (candidate.Manager == entry.Manager && candidate.FieldsV1 is { } text && text.Equals(entry.FieldsV1))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsEmptyEntry(ManagedFieldsEntry entry) =>
        entry is { Manager: "", Operation: "", ApiVersion: "", FieldsType: "", Subresource: "", Time: null, FieldsV1: null };
}
