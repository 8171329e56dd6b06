using System.Text.Json;

namespace Minke.Api.OpenApi;

/// <summary>Writes the schemas that are wanted, and those that they refer to, each once, as an object of named schemas.</summary>
internal sealed class SchemaWriter(Utf8JsonWriter json, OpenApiDialect dialect)
{
    private readonly SortedDictionary<string, TypeSchema> _waiting = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly HashSet<FieldKind> _scalars = [];

    public void Want(TypeSchema type)
    {
        if (_seen.Add(type.Name))
        {
            _waiting.Add(type.Name, type);
        }
    }

    public void WriteAll()
    {
        while (_waiting.Count > 0)
        {
            var (name, type) = _waiting.First();
            _waiting.Remove(name);
            json.WritePropertyName(name);
            WriteType(type);
        }

        foreach (var scalar in _scalars.Order())
        {
            ScalarSchemas.Write(json, scalar, dialect);
        }
    }

    private void WriteType(TypeSchema type)
    {
        json.WriteStartObject();
        if (type.Doc.Length > 0)
        {
            json.WriteString("description", type.Doc);
        }

        json.WriteString("type", "object");
        WriteRequired(type);
        if (type.Fields.Count > 0)
        {
            json.WriteStartObject("properties");
            foreach (var field in type.Fields.OrderBy(field => field.JsonName, StringComparer.Ordinal))
            {
                json.WritePropertyName(field.JsonName);
                WriteField(field);
            }

            json.WriteEndObject();
        }

        if (KindNames.Of(type.Name) is { } names)
        {
            json.WriteStartArray("x-kubernetes-group-version-kind");
            WriteKind(json, names.Group, names.Version, names.Kind);
            json.WriteEndArray();
        }

        if (type.Atomic)
        {
            json.WriteString("x-kubernetes-map-type", "atomic");
        }

        json.WriteEndObject();
    }

    public static void WriteKind(Utf8JsonWriter json, string group, string version, string kind)
    {
        json.WriteStartObject();
        json.WriteString("group", group);
        json.WriteString("version", version);
        json.WriteString("kind", kind);
        json.WriteEndObject();
    }

    private void WriteRequired(TypeSchema type)
    {
        var required = type.Fields.Where(field => field.Required).Select(field => field.JsonName).Order(StringComparer.Ordinal).ToList();
        if (required.Count == 0)
        {
            return;
        }

        json.WriteStartArray("required");
        foreach (var name in required)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
    }

    private void WriteField(FieldSchema field)
    {
        json.WriteStartObject();
        if (field.Doc.Length > 0)
        {
            json.WriteString("description", field.Doc);
        }

        switch (field.Shape)
        {
            case FieldShape.List:
                json.WriteString("type", "array");
                json.WriteStartObject("items");
                WriteValue(field, described: false);
                json.WriteEndObject();
                WriteListType(field);
                break;
            case FieldShape.Map:
                json.WriteString("type", "object");
                json.WriteStartObject("additionalProperties");
                WriteValue(field, described: false);
                json.WriteEndObject();
                break;
            default:
                WriteValue(field, described: true);
                break;
        }

        WritePatchExtensions(field);
        json.WriteEndObject();
    }

    private void WriteValue(FieldSchema field, bool described)
    {
        if (field.Kind == FieldKind.Object)
        {
            Want(field.Type!);
            WriteReference(field.Type!.Name, described);
        }
        else if (ScalarSchemas.NameOf(field.Kind) is { } name)
        {
            _scalars.Add(field.Kind);
            WriteReference(name, described);
        }
        else
        {
            ScalarSchemas.WriteInline(json, field.Kind);
        }
    }

    // In version 3 nothing may stand beside a $ref, so a described reference goes into an allOf.
    private void WriteReference(string name, bool described)
    {
        if (dialect == OpenApiDialect.V2 || !described)
        {
            json.WriteString("$ref", dialect.Reference(name));
            return;
        }

        json.WriteStartArray("allOf");
        json.WriteStartObject();
        json.WriteString("$ref", dialect.Reference(name));
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private void WriteListType(FieldSchema field)
    {
        json.WriteString("x-kubernetes-list-type", field.ListType switch
        {
            ListType.Map => "map",
            ListType.Set => "set",
            _ => "atomic",
        });
        if (field.ListMapKeys.Count > 0)
        {
            json.WriteStartArray("x-kubernetes-list-map-keys");
            foreach (var key in field.ListMapKeys)
            {
                json.WriteStringValue(key);
            }

            json.WriteEndArray();
        }
    }

    private void WritePatchExtensions(FieldSchema field)
    {
        if (field.PatchMergeKey is not null)
        {
            json.WriteString("x-kubernetes-patch-merge-key", field.PatchMergeKey);
        }

        if (field.PatchMerge || field.PatchRetainKeys)
        {
            json.WriteString("x-kubernetes-patch-strategy", (field.PatchMerge, field.PatchRetainKeys) switch
            {
                (true, true) => "merge,retainKeys",
                (true, false) => "merge",
                _ => "retainKeys",
            });
        }

        if (field.Atomic)
        {
            json.WriteString("x-kubernetes-map-type", "atomic");
        }
    }
}
