using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Minke.ApiServer.Patch;

/// <summary>
/// Applies a JSON patch (RFC 6902). All operations apply, or none. The work is bounded: the number of operations, the depth of the result, and
/// how many nodes the operations copy, move or compare, because a copy of the document into itself doubles it each time.
/// </summary>
internal sealed class JsonPatch
{
    /// <summary>The number that Kubernetes allows.</summary>
    public const int MaxOperations = 10_000;

    private const int MaxTouchedNodes = 2_000_000;
    private const int MovedItemsPerNode = 16; // an insertion or removal moves what stands behind it: cheap in an array, less so in an object
    private const int MovedMembersPerNode = 4;

    private readonly JsonObject _holder = []; // holds the document as a member, so that replacing the whole is replacing a member
    private int _touchedNodes;

    private JsonPatch(JsonNode? document) => _holder["document"] = document;

    /// <summary>Applies the operations to the document, which is consumed.</summary>
    /// <exception cref="PatchException">The patch cannot be read or does not apply.</exception>
    public static JsonNode? Apply(JsonNode? document, ReadOnlySpan<byte> patch)
    {
        if (JsonText.ParseBody(patch) is not JsonArray operations)
        {
            throw PatchException.Malformed("error decoding patch: a JSON array of operations is expected");
        }

        if (operations.Count > MaxOperations)
        {
            throw PatchException.TooLarge($"The allowed maximum operations in a JSON patch is {MaxOperations}, got {operations.Count}");
        }

        var application = new JsonPatch(document);
        foreach (var operation in operations)
        {
            application.Apply(JsonPatchOperation.Read(operation));
        }

        var result = application._holder["document"];
        application._holder.Clear();
        return result;
    }

    private void Apply(JsonPatchOperation operation)
    {
        switch (operation.Op)
        {
            case "add":
                Add(operation, operation.Value?.DeepClone());
                break;
            case "replace":
                Replace(operation);
                break;
            case "remove":
                Remove(operation, operation.Path);
                break;
            case "move":
                Move(operation);
                break;
            case "copy":
                Add(operation, Copy(operation));
                break;
            default:
                Test(operation);
                break;
        }
    }

    private void Add(JsonPatchOperation operation, JsonNode? value)
    {
        Charge(value, operation.Path.Tokens.Count);
        switch (Container(operation, operation.Path, out var token))
        {
            case JsonObject members:
                members[token] = value;
                break;
            case JsonArray items:
                var index = token == "-" ? items.Count : Index(operation, token, items.Count + 1);
                ChargeNodes((items.Count - index) / MovedItemsPerNode);
                items.Insert(index, value);
                break;
            default:
                throw Missing(operation, operation.Path);
        }
    }

    private void Replace(JsonPatchOperation operation)
    {
        var value = operation.Value?.DeepClone();
        Charge(value, operation.Path.Tokens.Count);
        switch (Container(operation, operation.Path, out var token))
        {
            case JsonObject members when members.ContainsKey(token):
                members[token] = value;
                break;
            case JsonArray items:
                items[Index(operation, token, items.Count)] = value;
                break;
            default:
                throw Missing(operation, operation.Path);
        }
    }

    private JsonNode? Remove(JsonPatchOperation operation, JsonPointer path)
    {
        switch (Container(operation, path, out var token))
        {
            case JsonObject members when members.TryGetPropertyValue(token, out var member):
                ChargeNodes(members.Count / MovedMembersPerNode);
                members.Remove(token);
                return member;
            case JsonArray items:
                var index = Index(operation, token, items.Count);
                var item = items[index];
                ChargeNodes((items.Count - index) / MovedItemsPerNode);
                items.RemoveAt(index);
                return item;
            default:
                throw Missing(operation, path);
        }
    }

    private void Move(JsonPatchOperation operation)
    {
        var from = operation.From!;
        if (operation.Path.IsInside(from))
        {
            throw PatchException.NotApplicable($"cannot move {from} into itself");
        }

        if (operation.Path.Tokens.SequenceEqual(from.Tokens))
        {
            Find(operation, from);
            return;
        }

        Add(operation, Remove(operation, from));
    }

    private JsonNode? Copy(JsonPatchOperation operation)
    {
        var source = Find(operation, operation.From!);
        Charge(source, operation.Path.Tokens.Count);
        return source?.DeepClone();
    }

    /// <summary>A member that is absent passes a test for null, so that a patch can require absence; clients rely on it.</summary>
    private void Test(JsonPatchOperation operation)
    {
        JsonNode? actual = null;
        var container = Container(operation, operation.Path, out var token);
        var exists = container switch
        {
            JsonObject members => members.TryGetPropertyValue(token, out actual) || operation.Value is null,
            JsonArray items => (actual = items[Index(operation, token, items.Count)]) is not null || operation.Value is null,
            _ => false,
        };
        Charge(operation.Value, 0);
        if (!exists || !JsonNode.DeepEquals(actual, operation.Value))
        {
            throw PatchException.NotApplicable($"testing value {operation.Path} failed: test failed");
        }
    }

    private JsonNode? Find(JsonPatchOperation operation, JsonPointer pointer) => Container(operation, pointer, out var token) switch
    {
        JsonObject members when members.TryGetPropertyValue(token, out var member) => member,
        JsonArray items => items[Index(operation, token, items.Count)],
        _ => throw Missing(operation, pointer),
    };

    /// <summary>The object or array that holds what the pointer names, and its last token.</summary>
    private JsonNode? Container(JsonPatchOperation operation, JsonPointer pointer, out string token)
    {
        if (pointer.IsRoot)
        {
            token = "document";
            return _holder;
        }

        token = pointer.Last;
        var node = _holder["document"];
        for (var i = 0; i < pointer.Tokens.Count - 1; i++)
        {
            node = node switch
            {
                JsonObject members when members.TryGetPropertyValue(pointer.Tokens[i], out var member) => member,
                JsonArray items => items[Index(operation, pointer.Tokens[i], items.Count)],
                _ => throw Missing(operation, pointer),
            };
        }

        return node;
    }

    private static int Index(JsonPatchOperation operation, string token, int end)
    {
        var canonical = token is "0" || (token.Length is > 0 and < 10 && token[0] is >= '1' and <= '9');
        if (canonical && int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < end)
        {
            return index;
        }

        throw PatchException.NotApplicable($"{operation.Op} operation does not apply: {operation.Path} does not name an element of the array: invalid index referenced");
    }

    private static PatchException Missing(JsonPatchOperation operation, JsonPointer pointer) =>
        PatchException.NotApplicable($"{operation.Op} operation does not apply: doc is missing path: \"{pointer}\": missing value");

    private void ChargeNodes(int count)
    {
        _touchedNodes += count;
        if (_touchedNodes > MaxTouchedNodes)
        {
            throw PatchException.TooLarge("the operations of the patch copy or move too much");
        }
    }

    /// <summary>Counts the nodes of a value that is put somewhere, and checks how deep the document gets by that.</summary>
    private void Charge(JsonNode? value, int depth)
    {
        if (depth > JsonText.MaxDepth)
        {
            throw PatchException.NotApplicable("the patched object is nested too deeply");
        }

        ChargeNodes(1);
        switch (value)
        {
            case JsonObject members:
                foreach (var (_, member) in members)
                {
                    Charge(member, depth + 1);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    Charge(item, depth + 1);
                }

                break;
            case JsonValue scalar when scalar.GetValueKind() == JsonValueKind.String:
                _touchedNodes += scalar.GetValue<string>().Length / 16;
                break;
            default:
                break;
        }
    }
}
