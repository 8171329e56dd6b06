using System.Text.Json.Nodes;

namespace Minke.ApiServer.Patch;

/// <summary>One operation of a JSON patch, read but not yet applied.</summary>
internal sealed class JsonPatchOperation
{
    public required string Op { get; init; }
    public required JsonPointer Path { get; init; }
    /// <summary>The source of a move or copy.</summary>
    public JsonPointer? From { get; init; }
    /// <summary>The operand of add, replace and test. A null node is JSON's null.</summary>
    public JsonNode? Value { get; init; }

    /// <exception cref="PatchException">The node is not an operation.</exception>
    public static JsonPatchOperation Read(JsonNode? node)
    {
        if (node is not JsonObject members)
        {
            throw PatchException.Malformed("error decoding patch: every operation has to be a JSON object");
        }

        var op = ReadString(members, "op");
        var needsValue = op is "add" or "replace" or "test";
        if (needsValue && !members.ContainsKey("value"))
        {
            throw PatchException.NotApplicable($"the \"{op}\" operation has no \"value\"");
        }

        var needsSource = op is "move" or "copy";
        if (!needsValue && !needsSource && op != "remove")
        {
            throw PatchException.NotApplicable($"Unexpected kind: {(op.Length > 64 ? op[..64] : op)}");
        }

        return new JsonPatchOperation
        {
            Op = op,
            Path = JsonPointer.Parse(ReadString(members, "path")),
            From = needsSource ? JsonPointer.Parse(ReadString(members, "from")) : null,
            Value = needsValue ? members["value"] : null,
        };
    }

    private static string ReadString(JsonObject members, string name) =>
        members[name] is JsonValue value && value.TryGetValue<string>(out var text)
            ? text
            : throw PatchException.NotApplicable($"an operation has no string \"{name}\"");
}
