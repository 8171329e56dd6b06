using Minke.Api;

namespace Minke.ApiServer.Tests.Patch;

/// <summary>A small object model with one field of each behaviour, so that the cases do not depend on the real kinds.</summary>
internal static class TestSchemas
{
    public static TypeSchema Port { get; } = new("Port", "", [Text("name"), Number("port"), Text("protocol")]);

    public static TypeSchema Item { get; } = new("Item", "", [
        Text("name"),
        Text("image"),
        List("args", FieldKind.String),
        List("tags", FieldKind.String, patchMerge: true, listType: ListType.Set),
        List("ports", FieldKind.Object, Port, mergeKey: "port", patchMerge: true, listType: ListType.Map, mapKeys: ["port", "protocol"]),
        Map("limits", FieldKind.String),
    ]);

    public static TypeSchema Strategy { get; } = new("Strategy", "", [Text("type"), Nested("rolling", () => Strategy!)]);

    public static TypeSchema Spec { get; } = new("Spec", "", [
        Number("replicas"),
        Text("host"),
        List("items", FieldKind.Object, Item, mergeKey: "name", patchMerge: true, listType: ListType.Map, mapKeys: ["name"]),
        List("finalizers", FieldKind.String, patchMerge: true, listType: ListType.Set),
        List("numbers", FieldKind.Int32, patchMerge: true, listType: ListType.Set),
        List("plain", FieldKind.Object, Item),
        Nested("strategy", () => Strategy, retainKeys: true),
        Nested("whole", () => Strategy, atomic: true),
        Map("selector", FieldKind.String, atomic: true),
        Map("annotations", FieldKind.String),
    ]);

    public static TypeSchema Metadata { get; } = new("ObjectMeta", "", [
        Text("name"), Text("namespace"), Text("uid"), Text("resourceVersion"), Number("generation"), Text("creationTimestamp"),
        Map("labels", FieldKind.String), Map("annotations", FieldKind.String),
        List("finalizers", FieldKind.String, patchMerge: true, listType: ListType.Set),
        new FieldSchema { JsonName = "managedFields", Number = 17, Kind = FieldKind.Raw, Shape = FieldShape.List },
    ]);

    public static TypeSchema Root { get; } = new("Root", "", [
        Text("apiVersion"), Text("kind"), Nested("metadata", () => Metadata), Nested("spec", () => Spec), Nested("status", () => Spec),
    ]);

    private static FieldSchema Text(string name) => new() { JsonName = name, Number = 1, Kind = FieldKind.String };

    private static FieldSchema Number(string name) => new() { JsonName = name, Number = 1, Kind = FieldKind.Int32 };

    private static FieldSchema Nested(string name, Func<TypeSchema> type, bool retainKeys = false, bool atomic = false) =>
        new() { JsonName = name, Number = 1, Kind = FieldKind.Object, TypeFactory = type, PatchRetainKeys = retainKeys, Atomic = atomic };

    private static FieldSchema Map(string name, FieldKind kind, bool atomic = false) =>
        new() { JsonName = name, Number = 1, Kind = kind, Shape = FieldShape.Map, Atomic = atomic };

    private static FieldSchema List(
        string name,
        FieldKind kind,
        TypeSchema? type = null,
        string? mergeKey = null,
        bool patchMerge = false,
        ListType listType = ListType.Atomic,
        string[]? mapKeys = null) =>
        new()
        {
            JsonName = name,
            Number = 1,
            Kind = kind,
            Shape = FieldShape.List,
            TypeFactory = type is null ? null : () => type,
            PatchMergeKey = mergeKey,
            PatchMerge = patchMerge,
            ListType = listType,
            ListMapKeys = mapKeys ?? [],
        };
}
