using System.Text.Json;
using System.Text.Json.Nodes;
using Minke.Api;

namespace Minke.ApiServer.Patch.Apply;

/// <summary>
/// The annotation in which kubectl's client-side apply keeps what it applied. When the manager "kubectl" turns to server-side apply, the fields that
/// it applied before count as its own, and the annotation is kept up to date, so that its user can go back.
/// </summary>
internal static class LastAppliedConfiguration
{
    private const string Annotation = "kubectl.kubernetes.io/last-applied-configuration";
    private const string Kubectl = "kubectl";
    private const int MaxAnnotationBytes = 256 * 1024;

    /// <summary>The fields that the annotation names and whose live values are still the ones applied.</summary>
    public static FieldSet OwnedFields(JsonElement live, KindInfo kind, string manager)
    {
        if (manager != Kubectl || Read(live) is not { } text)
        {
            return FieldSet.Empty;
        }

        try
        {
            using var applied = JsonDocument.Parse(text, JsonText.DocumentOptions);
            if (applied.RootElement.ValueKind != JsonValueKind.Object)
            {
                return FieldSet.Empty;
            }

            var comparison = ObjectComparison.Of(applied.RootElement, live, kind.Schema);
            return ConfigurationFields.OfObject(applied.RootElement, kind.Schema).Difference(comparison.Changed).Difference(comparison.Removed);
        }
        catch (JsonException)
        {
            return FieldSet.Empty; // whoever edited the annotation gave up the claim that it makes
        }
    }

    /// <summary>The object with the annotation set to what is applied now; as it is when it has none, or another manager applies.</summary>
    public static byte[] Update(byte[] json, JsonElement merged, JsonElement configuration, string manager)
    {
        if (manager != Kubectl || Read(merged) is null)
        {
            return json;
        }

        var applied = JsonObject.Create(configuration)!.DeepClone().AsObject();
        if (applied["metadata"] is JsonObject metadata)
        {
            metadata.Remove("managedFields");
            (metadata["annotations"] as JsonObject)?.Remove(Annotation);
        }

        var text = applied.ToJsonString() + "\n";
        var result = JsonNode.Parse(json, documentOptions: JsonText.DocumentOptions)!.AsObject();
        var annotations = result["metadata"]!["annotations"]!.AsObject();
        if (text.Length > MaxAnnotationBytes)
        {
            annotations.Remove(Annotation);
        }
        else
        {
            annotations[Annotation] = text;
        }

        return JsonText.ToBytes(result);
    }

    private static string? Read(JsonElement value) =>
        value.TryGetProperty("metadata", out var metadata)
        && metadata.ValueKind == JsonValueKind.Object
        && metadata.TryGetProperty("annotations", out var annotations)
        && annotations.ValueKind == JsonValueKind.Object
        && annotations.TryGetProperty(Annotation, out var text)
        && text.ValueKind == JsonValueKind.String
            ? text.GetString()
            : null;
}
