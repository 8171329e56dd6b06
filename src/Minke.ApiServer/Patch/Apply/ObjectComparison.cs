using System.Runtime.InteropServices;
using System.Text.Json;
using Minke.Api;

namespace Minke.ApiServer.Patch.Apply;

/// <summary>
/// Which paths differ between two versions of an object. Parts whose bytes are equal are not looked into, so that the cost follows what
/// changed and not the size of the object.
/// </summary>
internal sealed class ObjectComparison
{
    private readonly List<string> _path = [];

    private ObjectComparison()
    {
    }

    public FieldSet Added { get; } = new();
    public FieldSet Modified { get; } = new();
    public FieldSet Removed { get; } = new();

    /// <summary>Added and modified paths together.</summary>
    public FieldSet Changed => Added.Union(Modified);

    public bool IsSame => Added.IsEmpty && Modified.IsEmpty && Removed.IsEmpty;

    public static ObjectComparison Of(JsonElement before, JsonElement after, TypeSchema schema)
    {
        var comparison = new ObjectComparison();
        comparison.Compare(before, after, FieldScope.Root(schema));
        return comparison;
    }

    private void Compare(JsonElement before, JsonElement after, FieldScope scope)
    {
        if (AreSameBytes(before, after))
        {
            return;
        }

        var grain = scope.GrainOf(before, after);
        if (grain == FieldGrain.Leaf || (IsEmptyOrAbsent(before) && IsEmptyOrAbsent(after)))
        {
            CompareLeaf(before, after);
            return;
        }

        if (grain is FieldGrain.Struct or FieldGrain.Map)
        {
            CompareMembers(before, after, scope);
        }
        else
        {
            CompareItems(before, after, scope);
        }

        if (before.ValueKind == JsonValueKind.Undefined)
        {
            Added.Insert(CollectionsMarshal.AsSpan(_path));
        }
        else if (after.ValueKind == JsonValueKind.Undefined)
        {
            Removed.Insert(CollectionsMarshal.AsSpan(_path));
        }
    }

    private void CompareLeaf(JsonElement before, JsonElement after)
    {
        var path = CollectionsMarshal.AsSpan(_path);
        if (before.ValueKind == JsonValueKind.Undefined)
        {
            Added.Insert(path);
        }
        else if (after.ValueKind == JsonValueKind.Undefined)
        {
            Removed.Insert(path);
        }
        else if (!JsonElement.DeepEquals(before, after))
        {
            Modified.Insert(path);
        }
    }

    private void CompareMembers(JsonElement before, JsonElement after, FieldScope scope)
    {
        var old = new JsonMembers(before);
        var current = new JsonMembers(after);
        foreach (var member in current)
        {
            var name = member.Name;
            var value = old.Find(name);
            if (!AreSameBytes(value, member.Value))
            {
                CompareBelow(PathElement.Field(name), value, member.Value, scope.Member(name));
            }
        }

        foreach (var member in old)
        {
            var name = member.Name;
            if (current.Find(name).ValueKind == JsonValueKind.Undefined)
            {
                CompareBelow(PathElement.Field(name), member.Value, default, scope.Member(name));
            }
        }
    }

    private void CompareItems(JsonElement before, JsonElement after, FieldScope scope)
    {
        var old = new JsonItems(before, scope);
        var current = new JsonItems(after, scope);
        foreach (var element in current.Elements)
        {
            CompareBelow(element, old.Find(element), current.Find(element), scope.Element);
        }

        foreach (var element in old.Elements)
        {
            if (current.Find(element).ValueKind == JsonValueKind.Undefined)
            {
                CompareBelow(element, old.Find(element), default, scope.Element);
            }
        }
    }

    private void CompareBelow(string element, JsonElement before, JsonElement after, FieldScope scope)
    {
        _path.Add(element);
        Compare(before, after, scope);
        _path.RemoveAt(_path.Count - 1);
    }

    private static bool AreSameBytes(JsonElement before, JsonElement after) =>
        before.ValueKind != JsonValueKind.Undefined
        && after.ValueKind != JsonValueKind.Undefined
        && JsonMarshal.GetRawUtf8Value(before).SequenceEqual(JsonMarshal.GetRawUtf8Value(after));

    private static bool IsEmptyOrAbsent(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => true,
        JsonValueKind.Object => value.GetPropertyCount() == 0,
        JsonValueKind.Array => value.GetArrayLength() == 0,
        _ => false,
    };
}
