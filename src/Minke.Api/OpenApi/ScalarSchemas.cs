using System.Text.Json;

namespace Minke.Api.OpenApi;

/// <summary>The schemas of values that are not declared types.</summary>
internal static class ScalarSchemas
{
    /// <summary>The name under which a scalar has a schema of its own; null where it is written in place.</summary>
    public static string? NameOf(FieldKind kind) => kind switch
    {
        FieldKind.Time => $"{KindNames.MetaPrefix}.Time",
        FieldKind.MicroTime => $"{KindNames.MetaPrefix}.MicroTime",
        FieldKind.Quantity => "io.k8s.apimachinery.pkg.api.resource.Quantity",
        FieldKind.IntOrString => "io.k8s.apimachinery.pkg.util.intstr.IntOrString",
        FieldKind.Raw => $"{KindNames.MetaPrefix}.FieldsV1",
        _ => null,
    };

    public static void WriteInline(Utf8JsonWriter json, FieldKind kind)
    {
        var (type, format) = kind switch
        {
            FieldKind.Boolean => ("boolean", ""),
            FieldKind.Int32 => ("integer", "int32"),
            FieldKind.Int64 => ("integer", "int64"),
            FieldKind.Double => ("number", "double"),
            FieldKind.Bytes => ("string", "byte"),
            _ => ("string", ""),
        };
        json.WriteString("type", type);
        if (format.Length > 0)
        {
            json.WriteString("format", format);
        }
    }

    public static void Write(Utf8JsonWriter json, FieldKind kind, OpenApiDialect dialect)
    {
        json.WriteStartObject(NameOf(kind)!);
        json.WriteString("description", kind switch
        {
            FieldKind.Time => "An instant in RFC 3339 form, with whole seconds.",
            FieldKind.MicroTime => "An instant in RFC 3339 form, with microseconds.",
            FieldKind.Quantity => "An amount such as 500m, 2 or 64Mi: a decimal number with an optional suffix (n u m k M G T P E, Ki Mi Gi Ti Pi Ei) or decimal exponent.",
            FieldKind.IntOrString => "A whole number or a string.",
            _ => "A set of fields in the form of a trie.",
        });
        switch (kind)
        {
            case FieldKind.Time or FieldKind.MicroTime:
                json.WriteString("type", "string");
                json.WriteString("format", "date-time");
                break;
            case FieldKind.Raw:
                json.WriteString("type", "object");
                break;
            case FieldKind.Quantity when dialect == OpenApiDialect.V3:
                WriteOneOf(json, "string", "number");
                break;
            case FieldKind.IntOrString when dialect == OpenApiDialect.V3:
                WriteOneOf(json, "integer", "string");
                break;
            default:
                json.WriteString("type", "string");
                break;
        }

        if (kind == FieldKind.IntOrString)
        {
            json.WriteString("format", "int-or-string");
        }

        json.WriteEndObject();
    }

    private static void WriteOneOf(Utf8JsonWriter json, params ReadOnlySpan<string> types)
    {
        json.WriteStartArray("oneOf");
        foreach (var type in types)
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
