using System.Text.Json.Nodes;

namespace Minke.ApiServer.Patch;

/// <summary>Applies a JSON merge patch (RFC 7386): objects merge, null deletes a member, everything else replaces.</summary>
internal static class MergePatch
{
    /// <summary>Applies the patch to the target, which is consumed.</summary>
    public static JsonNode? Apply(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes)
        {
            return patch?.DeepClone();
        }

        var result = target as JsonObject ?? [];
        JsonText.RemoveAll(result, [.. changes.Where(change => change.Value is null && result.ContainsKey(change.Key)).Select(change => change.Key)]);
        foreach (var (name, change) in changes)
        {
            if (change is JsonObject)
            {
                result.TryGetPropertyValue(name, out var member);
                Set(result, name, member, Apply(member, change));
            }
            else if (change is not null)
            {
                result[name] = change.DeepClone();
            }
        }

        return result;
    }

    /// <summary>The smallest merge patch that turns one document into the other. A null member cannot be expressed, and is left out.</summary>
    public static JsonObject Diff(JsonObject from, JsonObject to)
    {
        JsonObject patch = [];
        foreach (var (name, _) in from)
        {
            if (!to.TryGetPropertyValue(name, out var kept) || kept is null)
            {
                patch[name] = null;
            }
        }

        foreach (var (name, wanted) in to)
        {
            from.TryGetPropertyValue(name, out var actual);
            if (wanted is null || JsonNode.DeepEquals(actual, wanted))
            {
                continue;
            }

            patch[name] = actual is JsonObject old && wanted is JsonObject changed ? Diff(old, changed) : wanted.DeepClone();
        }

        return patch;
    }

    private static void Set(JsonObject result, string name, JsonNode? before, JsonNode? after)
    {
        if (!ReferenceEquals(before, after))
        {
            result[name] = after;
        }
    }
}
