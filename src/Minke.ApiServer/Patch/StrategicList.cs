using System.Text.Json.Nodes;

namespace Minke.ApiServer.Patch;

/// <summary>
/// Merges one list of a strategic merge patch: objects by their merge key, scalars as a set. The order of the result follows the order that the
/// patch gives, then the order in the patch's list, then the order in the current list.
/// </summary>
internal sealed class StrategicList(StrategicMergePatch.Scope scope)
{
    private readonly string? _mergeKey = scope.MergeKey;

    /// <summary>Merges the patch into the current list.</summary>
    /// <param name="current">Consumed.</param>
    /// <param name="patch">The changes: elements to add or merge, and directives.</param>
    /// <param name="order">The wanted order of elements (<c>$setElementOrder</c>); null: the order of the patch.</param>
    public JsonArray Merge(JsonArray current, JsonArray patch, JsonArray? order)
    {
        var items = Detach(current);
        RequireUniform(items.Concat(patch), order ?? []);
        var changes = patch.OfType<JsonNode>().ToList();
        if (_mergeKey is not null)
        {
            changes = ApplyDirectives(ref items, changes);
        }

        if (order is not null)
        {
            RequireSameOrder(changes, order);
        }

        var serverOrder = Positions(items);
        var merged = _mergeKey is null ? MergeScalars(items, changes) : MergeByKey(items, changes);
        var patchOrder = Positions(order is null ? changes : order.OfType<JsonNode>());
        return Ordered(merged, patchOrder, serverOrder);
    }

    private static List<JsonNode> Detach(JsonArray current)
    {
        var items = new List<JsonNode>(current.Count);
        foreach (var item in current)
        {
            items.Add(item ?? throw PatchException.NotApplicable("a list that is merged holds null"));
        }

        current.Clear();
        return items;
    }

    /// <summary>Takes the directive elements out of the changes and applies them to the items.</summary>
    private List<JsonNode> ApplyDirectives(ref List<JsonNode> items, List<JsonNode> changes)
    {
        List<JsonNode> plain = [];
        var replace = false;
        foreach (var change in changes)
        {
            switch (StrategicMergePatch.Directive(change.AsObject()))
            {
                case null:
                    plain.Add(change);
                    break;
                case "merge":
                    plain.Add(StrategicMergePatch.Without(change.AsObject(), "$patch"));
                    break;
                case "delete":
                    var unwanted = KeyOf(change);
                    items.RemoveAll(item => KeyOf(item) == unwanted);
                    break;
                case "replace":
                    replace = true;
                    break;
                case var unknown:
                    throw PatchException.NotApplicable($"unknown patch type: {unknown}");
            }
        }

        if (replace)
        {
            items = [];
        }

        return plain;
    }

    private List<JsonNode> MergeByKey(List<JsonNode> items, List<JsonNode> changes)
    {
        var merged = new List<JsonNode>(items);
        var positions = Positions(items);
        foreach (var change in changes)
        {
            var key = KeyOf(change);
            if (positions.TryGetValue(key, out var position))
            {
                merged[position] = StrategicMergePatch.MergeObject(merged[position].AsObject(), change.AsObject(), scope.Element);
            }
            else
            {
                positions.Add(key, merged.Count);
                merged.Add(StrategicMergePatch.MergeObject([], change.AsObject(), scope.Element));
            }
        }

        return merged;
    }

    private List<JsonNode> MergeScalars(List<JsonNode> items, List<JsonNode> changes)
    {
        HashSet<ScalarKey> seen = [];
        return [.. items.Concat(changes.Select(change => change.DeepClone())).Where(item => seen.Add(KeyOf(item)))];
    }

    /// <summary>
    /// Puts the elements that the patch orders in that order, and interleaves the others so that their order relative to each other, and where
    /// possible to the ordered ones, stays as it was.
    /// </summary>
    private JsonArray Ordered(List<JsonNode> merged, Dictionary<ScalarKey, int> patchOrder, Dictionary<ScalarKey, int> serverOrder)
    {
        var ordered = new Queue<JsonNode>(merged.Where(item => patchOrder.ContainsKey(KeyOf(item))).OrderBy(item => patchOrder[KeyOf(item)]));
        var others = new Queue<JsonNode>(merged.Where(item => !patchOrder.ContainsKey(KeyOf(item))));
        JsonArray result = [];
        while (ordered.Count > 0 || others.Count > 0)
        {
            var takeOther = ordered.Count == 0 || (others.Count > 0 && StoodBefore(others.Peek(), ordered.Peek(), serverOrder));
            result.Add(takeOther ? others.Dequeue() : ordered.Dequeue());
        }

        return result;
    }

    private bool StoodBefore(JsonNode first, JsonNode second, Dictionary<ScalarKey, int> serverOrder) =>
        serverOrder.TryGetValue(KeyOf(first), out var firstPosition)
        && serverOrder.TryGetValue(KeyOf(second), out var secondPosition)
        && firstPosition < secondPosition;

    private Dictionary<ScalarKey, int> Positions(IEnumerable<JsonNode> items)
    {
        Dictionary<ScalarKey, int> positions = [];
        var position = 0;
        foreach (var item in items)
        {
            positions.TryAdd(KeyOf(item), position++);
        }

        return positions;
    }

    private void RequireSameOrder(List<JsonNode> changes, JsonArray order)
    {
        var positions = Positions(order.OfType<JsonNode>());
        var last = -1;
        foreach (var change in changes)
        {
            if (!positions.TryGetValue(KeyOf(change), out var position) || position < last)
            {
                throw PatchException.NotApplicable($"the order in the patch list doesn't match the $setElementOrder list of {scope.Field?.JsonName}");
            }

            last = position;
        }
    }

    private void RequireUniform(IEnumerable<JsonNode?> items, JsonArray order)
    {
        var expected = _mergeKey is null ? "scalars" : "objects";
        foreach (var item in items.Concat(order))
        {
            var fits = _mergeKey is null ? item is JsonValue : item is JsonObject;
            if (!fits)
            {
                throw PatchException.NotApplicable($"the list {scope.Field?.JsonName} and its patch have to hold {expected} only");
            }
        }
    }

    private ScalarKey KeyOf(JsonNode item)
    {
        if (_mergeKey is null)
        {
            return ScalarKey.Of(item)!.Value;
        }

        if (item.AsObject().TryGetPropertyValue(_mergeKey, out var value) && ScalarKey.Of(value) is { } key)
        {
            return key;
        }

        throw PatchException.NotApplicable($"map: map[] does not contain declared merge key: {_mergeKey}");
    }
}
