using System.Text.Json;

namespace Minke.Api.OpenApi;

/// <summary>Writes the paths of kinds with their operations.</summary>
internal sealed class PathWriter(Utf8JsonWriter json, OpenApiDialect dialect)
{
    private static readonly string[] ObjectTypes = ["application/json", "application/yaml", ApiProto.MediaType];

    // kubectl apply asks whether a kind takes strategic merge patches by looking for the media type here.
    private static readonly string[] PatchTypes =
    [
        "application/apply-patch+yaml", "application/json-patch+json", "application/merge-patch+json", "application/strategic-merge-patch+json",
    ];

    public void Write(ApiPath path)
    {
        json.WriteStartObject(path.Path);
        foreach (var operation in path.Operations)
        {
            json.WriteStartObject(operation.Method);
            WriteOperation(path, operation);
            json.WriteEndObject();
        }

        if (path.HasNamespace || path.HasName)
        {
            json.WriteStartArray("parameters");
            WriteIf(path.HasName, ApiParameters.Name);
            WriteIf(path.HasNamespace, ApiParameters.Namespace);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private void WriteOperation(ApiPath path, ApiOperation operation)
    {
        json.WriteString("operationId", OperationId(path, operation));
        json.WriteString("description", $"{operation.Action} {operation.Kind}");
        if (dialect == OpenApiDialect.V2)
        {
            WriteStrings("consumes", operation.Action == "patch" ? PatchTypes : ObjectTypes);
            WriteStrings("produces", operation.Response is null ? ["*/*"] : ObjectTypes);
        }

        json.WriteStartArray("parameters");
        foreach (var parameter in operation.Query)
        {
            WriteParameter(parameter, "query", required: false);
        }

        if (dialect == OpenApiDialect.V2 && operation.Request is not null)
        {
            WriteV2Body(operation);
        }

        json.WriteEndArray();
        if (dialect == OpenApiDialect.V3 && operation.Request is not null)
        {
            json.WriteStartObject("requestBody");
            WriteContent(operation.Request, operation.Action == "patch" ? PatchTypes : ObjectTypes);
            json.WriteEndObject();
        }

        WriteResponses(operation);
        json.WriteString("x-kubernetes-action", operation.Action);
        json.WritePropertyName("x-kubernetes-group-version-kind");
        SchemaWriter.WriteKind(json, operation.Group, operation.Version, operation.Kind);
    }

    /// <summary>Unique over all operations: the method and the path without its punctuation.</summary>
    private static string OperationId(ApiPath path, ApiOperation operation) =>
        operation.Method + string.Concat(path.Path.Split(['/', '.', '{', '}'], StringSplitOptions.RemoveEmptyEntries).Select(part => char.ToUpperInvariant(part[0]) + part[1..]));

    private void WriteResponses(ApiOperation operation)
    {
        json.WriteStartObject("responses");
        WriteResponse("200", "OK", operation.Response);
        if (operation.Action == "post")
        {
            WriteResponse("201", "Created", operation.Response);
        }

        if (operation.Action is "post" or "delete")
        {
            WriteResponse("202", "Accepted", operation.Response);
        }

        WriteResponse("401", "Unauthorized", null);
        json.WriteEndObject();
    }

    private void WriteResponse(string code, string description, string? schema)
    {
        json.WriteStartObject(code);
        json.WriteString("description", description);
        if (schema is not null && dialect == OpenApiDialect.V2)
        {
            WriteSchemaReference(schema);
        }
        else if (schema is not null)
        {
            WriteContent(schema, ObjectTypes);
        }

        json.WriteEndObject();
    }

    private void WriteContent(string schema, string[] mediaTypes)
    {
        json.WriteStartObject("content");
        foreach (var mediaType in mediaTypes)
        {
            json.WriteStartObject(mediaType);
            WriteSchemaReference(schema);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private void WriteSchemaReference(string schema)
    {
        json.WriteStartObject("schema");
        json.WriteString("$ref", dialect.Reference(schema));
        json.WriteEndObject();
    }

    private void WriteV2Body(ApiOperation operation)
    {
        json.WriteStartObject();
        json.WriteString("name", "body");
        json.WriteString("in", "body");
        json.WriteBoolean("required", operation.Action is "post" or "put" or "patch");
        WriteSchemaReference(operation.Request!);
        json.WriteEndObject();
    }

    private void WriteIf(bool present, ApiParameter parameter)
    {
        if (present)
        {
            WriteParameter(parameter, "path", required: true);
        }
    }

    private void WriteParameter(ApiParameter parameter, string place, bool required)
    {
        json.WriteStartObject();
        json.WriteString("name", parameter.Name);
        json.WriteString("in", place);
        json.WriteString("description", parameter.Doc);
        if (required)
        {
            json.WriteBoolean("required", true);
        }

        if (dialect == OpenApiDialect.V3)
        {
            json.WriteStartObject("schema");
        }
        else
        {
            json.WriteBoolean("uniqueItems", true);
        }

        json.WriteString("type", parameter.Type);
        if (dialect == OpenApiDialect.V3)
        {
            json.WriteBoolean("uniqueItems", true);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private void WriteStrings(string name, string[] values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
