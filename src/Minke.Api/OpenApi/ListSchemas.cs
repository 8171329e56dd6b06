namespace Minke.Api.OpenApi;

/// <summary>The schemas of lists, which are not declared because they all have one shape.</summary>
internal static class ListSchemas
{
    public static TypeSchema Of(KindInfo kind) => new(ResourcePaths.ListSchema(kind), $"A list of objects of kind {kind.Kind}.",
    [
        new() { JsonName = "items", Number = 2, Kind = FieldKind.Object, Shape = FieldShape.List, TypeFactory = () => kind.Schema, Required = true, Doc = "The objects." },
        new() { JsonName = "metadata", Number = 1, Kind = FieldKind.Object, TypeFactory = () => Meta.ListMeta.TypeSchema, Doc = "The list's version and where it goes on." },
        .. TypeMetaFields.Schema,
    ]);
}
