namespace Minke.Api;

/// <summary>The two fields that every document carries beside its declared fields; in protobuf they stand in the envelope.</summary>
internal static class TypeMetaFields
{
    public static IReadOnlyList<FieldSchema> Schema => field ??=
    [
        new() { JsonName = "apiVersion", Number = 0, Kind = FieldKind.String, Doc = "The group and version of the object, for example v1 or apps/v1." },
        new() { JsonName = "kind", Number = 0, Kind = FieldKind.String, Doc = "The kind of the object, for example Pod." },
    ];
}
