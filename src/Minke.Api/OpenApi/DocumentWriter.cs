using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Minke.Api.OpenApi;

/// <summary>Puts a document together: what it is, the paths of some kinds, and the schemas that they need.</summary>
internal static class DocumentWriter
{
    public static byte[] Write(OpenApiDialect dialect, IReadOnlyCollection<KindInfo> kinds)
    {
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true }))
        {
            json.WriteStartObject();
            json.WriteString(dialect == OpenApiDialect.V2 ? "swagger" : "openapi", dialect == OpenApiDialect.V2 ? "2.0" : "3.0.0");
            json.WriteStartObject("info");
            json.WriteString("title", "Kubernetes");
            json.WriteString("version", ApiRelease.GitVersion);
            json.WriteEndObject();
            WritePaths(json, dialect, kinds);
            WriteSchemas(json, dialect, kinds);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WritePaths(Utf8JsonWriter json, OpenApiDialect dialect, IEnumerable<KindInfo> kinds)
    {
        json.WriteStartObject("paths");
        var paths = new PathWriter(json, dialect);
        foreach (var path in kinds.Where(kind => kind.IsResource).SelectMany(ResourcePaths.Of).OrderBy(path => path.Path, StringComparer.Ordinal))
        {
            paths.Write(path);
        }

        json.WriteEndObject();
    }

    private static void WriteSchemas(Utf8JsonWriter json, OpenApiDialect dialect, IEnumerable<KindInfo> kinds)
    {
        var schemas = new SchemaWriter(json, dialect);
        foreach (var kind in kinds)
        {
            schemas.Want(kind.Schema);
            foreach (var body in kind.Subresources.Select(sub => Kinds.FindKind(sub.Group, sub.Version, sub.Kind)).OfType<KindInfo>())
            {
                schemas.Want(body.Schema);
            }

            if (kind.Verbs.Contains("list") && kind.IsResource)
            {
                schemas.Want(ListSchemas.Of(kind));
            }
        }

        schemas.Want(Meta.Status.TypeSchema);
        schemas.Want(Meta.DeleteOptions.TypeSchema);
        schemas.Want(ResourcePaths.Patch);
        if (dialect == OpenApiDialect.V3)
        {
            json.WriteStartObject("components");
        }

        json.WriteStartObject(dialect == OpenApiDialect.V2 ? "definitions" : "schemas");
        schemas.WriteAll();
        json.WriteEndObject();
        if (dialect == OpenApiDialect.V3)
        {
            json.WriteEndObject();
        }
    }
}
