using System.Text.Json;
using Minke.Api;

namespace Minke.ApiServer.Http;

/// <summary>Objects reduced to their metadata (<c>PartialObjectMetadata</c>).</summary>
internal static class MetadataOnly
{
    public static void Write(Utf8JsonWriter json, ApiObject item, string metaVersion)
    {
        json.WriteStartObject();
        json.WriteString("kind"u8, "PartialObjectMetadata"u8);
        json.WriteString("apiVersion"u8, "meta.k8s.io/" + metaVersion);
        json.WritePropertyName("metadata"u8);
        ApiJson.Encode(item.Metadata, json);
        json.WriteEndObject();
    }
}
