using Minke.Api;
using Minke.Api.Meta;

namespace Minke.ApiServer.Patch.Apply;

/// <summary>
/// One entry of managedFields: a manager, how it writes, and the fields that it owns. Immutable. The set is read when it is first needed, and the
/// bytes of an entry that does not change are kept.
/// </summary>
internal sealed class FieldOwner
{
    public const string ApplyOperation = "Apply";
    public const string UpdateOperation = "Update";
    private const string FieldsV1 = "FieldsV1";

    private readonly bool _trusted; // _text is in the one form that FieldSetText.Write gives
    private FieldSet? _fields;
    private RawJson? _text;

    public FieldOwner(FieldOwnerId id, DateTimeOffset? time, FieldSet fields)
    {
        Id = id;
        Time = time;
        _fields = fields;
    }

    private FieldOwner(FieldOwnerId id, DateTimeOffset? time, RawJson text, bool trusted)
    {
        Id = id;
        Time = time;
        _text = text;
        _trusted = trusted;
    }

    public FieldOwnerId Id { get; }

    public DateTimeOffset? Time { get; }

    public bool Applies => Id.Operation == ApplyOperation;

    /// <summary>Whether it owns nothing, so that it need not be kept.</summary>
    public bool IsEmpty => _fields is { IsEmpty: true };

    /// <exception cref="FormatException">The entry that the owner was read from is malformed.</exception>
    public FieldSet Fields => _fields ??= FieldSetText.Read(_text!.Utf8, _trusted);

    /// <summary>Reads an entry.</summary>
    /// <param name="trusted">This program wrote the entry.</param>
    /// <exception cref="FormatException">The entry is malformed.</exception>
    public static FieldOwner Read(ManagedFieldsEntry entry, bool trusted)
    {
        if (entry.Operation is not (ApplyOperation or UpdateOperation) || entry.FieldsType != FieldsV1)
        {
            throw new FormatException($"the managedFields entry of {entry.Manager} has the operation '{entry.Operation}' and the type '{entry.FieldsType}'");
        }

        var id = new FieldOwnerId(entry.Manager, entry.Operation, entry.ApiVersion, entry.Subresource);
        var owner = new FieldOwner(id, entry.Time, entry.FieldsV1 ?? new RawJson("{}"), trusted);
        if (!trusted)
        {
            _ = owner.Fields; // what a client sent has to be readable before it is stored
            owner._text = null;
        }

        return owner;
    }

    /// <summary>Whether it owns any of the fields.</summary>
    public bool OwnsAny(FieldSet fields) =>
        _fields is null && _trusted ? FieldSetText.HasAny(_text!.Utf8, fields) : !Fields.Intersection(fields).IsEmpty;

    /// <summary>Whether it owns all of the fields.</summary>
    public bool OwnsAll(FieldSet fields) =>
        _fields is null && _trusted ? FieldSetText.HasAll(_text!.Utf8, fields) : fields.Difference(Fields).IsEmpty;

    public FieldOwner With(FieldSet fields) => new(Id, Time, fields);

    public FieldOwner With(FieldSet fields, DateTimeOffset time) => new(Id, time, fields);

    public FieldOwner At(DateTimeOffset time) => new(Id, time, Text, trusted: true) { _fields = _fields };

    public ManagedFieldsEntry ToEntry() => new()
    {
        Manager = Id.Manager,
        Operation = Id.Operation,
        ApiVersion = Id.ApiVersion,
        Subresource = Id.Subresource,
        Time = Time,
        FieldsType = FieldsV1,
        FieldsV1 = Text,
    };

    private RawJson Text => _text ??= new RawJson(FieldSetText.Write(_fields!));
}

/// <summary>What tells the entries of managedFields apart.</summary>
internal readonly record struct FieldOwnerId(string Manager, string Operation, string ApiVersion, string Subresource);
