using System.Text.Json;

namespace Minke.Api.OpenApi;

/// <summary>
/// Turns a Swagger 2.0 document from JSON into the protobuf form of gnostic's OpenAPIv2.proto, as far as our documents go. What begins with
/// <c>x-</c> becomes a vendor extension: a name and its value as YAML, of which JSON is a part.
/// </summary>
internal static class SwaggerProto
{
    public static byte[] FromJson(ReadOnlyMemory<byte> swagger)
    {
        using var document = JsonDocument.Parse(swagger);
        var sink = new ProtoSink(swagger.Length);
        var root = document.RootElement;
        Nested(sink, 9, () => Named(sink, 1, root.GetProperty("definitions"), Schema));
        Nested(sink, 8, () => Named(sink, 2, root.GetProperty("paths"), PathItem));
        Nested(sink, 2, () => Info(sink, root.GetProperty("info")));
        Text(sink, 1, root, "swagger");
        return sink.Written.ToArray();
    }

    // The sink fills from its end, so everything is written from the highest field number and the last entry backwards.
    private static void Nested(ProtoSink sink, int number, Action content)
    {
        var end = sink.Length;
        content();
        sink.LengthSince(end);
        sink.Tag(number, WireType.LengthDelimited);
    }

    private static void Named(ProtoSink sink, int number, JsonElement entries, Action<ProtoSink, JsonElement> value)
    {
        foreach (var entry in entries.EnumerateObject().Reverse())
        {
            Nested(sink, number, () =>
            {
                Nested(sink, 2, () => value(sink, entry.Value));
                sink.Field<string, StringCodec>(1, entry.Name);
            });
        }
    }

    private static void Info(ProtoSink sink, JsonElement info)
    {
        Text(sink, 2, info, "version");
        Text(sink, 1, info, "title");
    }

    private static void PathItem(ProtoSink sink, JsonElement item)
    {
        Each(sink, 9, item, "parameters", Parameter);
        Child(sink, 8, item, "patch", Operation);
        Child(sink, 5, item, "delete", Operation);
        Child(sink, 4, item, "post", Operation);
        Child(sink, 3, item, "put", Operation);
        Child(sink, 2, item, "get", Operation);
    }

    private static void Operation(ProtoSink sink, JsonElement operation)
    {
        Extensions(sink, 13, operation);
        Child(sink, 9, operation, "responses", (_, responses) => Named(sink, 1, responses, ResponseValue));
        Each(sink, 8, operation, "parameters", Parameter);
        Texts(sink, 7, operation, "consumes");
        Texts(sink, 6, operation, "produces");
        Text(sink, 5, operation, "operationId");
        Text(sink, 3, operation, "description");
    }

    // ResponseValue { 1 response { 1 description, 2 schema { 1 schema } } }
    private static void ResponseValue(ProtoSink sink, JsonElement response) => Nested(sink, 1, () =>
    {
        Child(sink, 2, response, "schema", (_, schema) => Nested(sink, 1, () => Schema(sink, schema)));
        Text(sink, 1, response, "description");
    });

    // ParametersItem { 1 parameter { 1 body | 2 other { 3 query | 4 path } } }
    private static void Parameter(ProtoSink sink, JsonElement parameter) => Nested(sink, 1, () =>
    {
        switch (parameter.GetProperty("in").GetString())
        {
            case "body":
                Nested(sink, 1, () => BodyParameter(sink, parameter));
                break;
            case "path":
                Nested(sink, 2, () => Nested(sink, 4, () => SimpleParameter(sink, parameter, type: 5, unique: 19)));
                break;
            default:
                Nested(sink, 2, () => Nested(sink, 3, () => SimpleParameter(sink, parameter, type: 6, unique: 20)));
                break;
        }
    });

    private static void BodyParameter(ProtoSink sink, JsonElement parameter)
    {
        Child(sink, 5, parameter, "schema", Schema);
        Flag(sink, 4, parameter, "required");
        Text(sink, 3, parameter, "in");
        Text(sink, 2, parameter, "name");
    }

    private static void SimpleParameter(ProtoSink sink, JsonElement parameter, int type, int unique)
    {
        Flag(sink, unique, parameter, "uniqueItems");
        Text(sink, type, parameter, "type");
        Text(sink, 4, parameter, "name");
        Text(sink, 3, parameter, "description");
        Text(sink, 2, parameter, "in");
        Flag(sink, 1, parameter, "required");
    }

    private static void Schema(ProtoSink sink, JsonElement schema)
    {
        Extensions(sink, 31, schema);
        Child(sink, 25, schema, "properties", (_, properties) => Named(sink, 1, properties, Schema));
        Child(sink, 23, schema, "items", (_, items) => Nested(sink, 1, () => Schema(sink, items)));
        Child(sink, 22, schema, "type", (_, type) => sink.Field<string, StringCodec>(1, type.GetString()!));
        Child(sink, 21, schema, "additionalProperties", (_, value) => Nested(sink, 1, () => Schema(sink, value)));
        Texts(sink, 19, schema, "required");
        Text(sink, 4, schema, "description");
        Text(sink, 2, schema, "format");
        Text(sink, 1, schema, "$ref");
    }

    private static void Extensions(ProtoSink sink, int number, JsonElement owner)
    {
        foreach (var extension in owner.EnumerateObject().Where(property => property.Name.StartsWith("x-", StringComparison.Ordinal)).Reverse())
        {
            Nested(sink, number, () =>
            {
                Nested(sink, 2, () => sink.Field<string, StringCodec>(2, extension.Value.GetRawText()));
                sink.Field<string, StringCodec>(1, extension.Name);
            });
        }
    }

    private static void Child(ProtoSink sink, int number, JsonElement owner, string name, Action<ProtoSink, JsonElement> content)
    {
        if (owner.TryGetProperty(name, out var child))
        {
            Nested(sink, number, () => content(sink, child));
        }
    }

    private static void Each(ProtoSink sink, int number, JsonElement owner, string name, Action<ProtoSink, JsonElement> content)
    {
        if (owner.TryGetProperty(name, out var children))
        {
            foreach (var child in children.EnumerateArray().Reverse())
            {
                Nested(sink, number, () => content(sink, child));
            }
        }
    }

    private static void Text(ProtoSink sink, int number, JsonElement owner, string name)
    {
        if (owner.TryGetProperty(name, out var value))
        {
            sink.Field<string, StringCodec>(number, value.GetString()!);
        }
    }

    private static void Texts(ProtoSink sink, int number, JsonElement owner, string name)
    {
        if (owner.TryGetProperty(name, out var values))
        {
            foreach (var value in values.EnumerateArray().Reverse())
            {
                sink.Field<string, StringCodec>(number, value.GetString()!);
            }
        }
    }

    private static void Flag(ProtoSink sink, int number, JsonElement owner, string name)
    {
        if (owner.TryGetProperty(name, out var value) && value.GetBoolean())
        {
            sink.Field<bool, BooleanCodec>(number, true);
        }
    }
}
