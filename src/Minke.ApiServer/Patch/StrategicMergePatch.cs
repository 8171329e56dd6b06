using System.Text.Json.Nodes;
using Minke.Api;

namespace Minke.ApiServer.Patch;

/// <summary>
/// Applies Kubernetes' strategic merge patch: a merge patch in which lists whose declaration names a merge key are merged by that key, and
/// directives (<c>$patch</c>, <c>$retainKeys</c>, <c>$setElementOrder/…</c>, <c>$deleteFromPrimitiveList/…</c>) say what a plain merge cannot.
/// Source of the semantics: the Kubernetes design proposals "strategic merge patch" and "preserve order in strategic merge patch".
/// Fields that the schema does not know are merged like a merge patch, and left for strict decoding to refuse.
/// </summary>
internal static class StrategicMergePatch
{
    private const string PatchDirective = "$patch";
    private const string RetainKeysDirective = "$retainKeys";
    private const string OrderDirectivePrefix = "$setElementOrder/";
    private const string DeletionDirectivePrefix = "$deleteFromPrimitiveList/";

    /// <summary>Applies the patch to the target, which is consumed.</summary>
    /// <exception cref="PatchException">A directive is malformed, or does not fit the list that it stands for.</exception>
    public static JsonObject Apply(JsonObject target, JsonObject patch, TypeSchema schema) => MergeObject(target, patch, new Scope(schema, null));

    internal static JsonObject MergeObject(JsonObject target, JsonObject patch, Scope scope)
    {
        switch (Directive(patch))
        {
            case "replace":
                return Without(patch, PatchDirective);
            case "delete":
                return [];
            case null or "merge":
                break;
            case var unknown:
                throw PatchException.NotApplicable($"unknown patch type: {unknown}");
        }

        RetainKeys(target, patch);
        DeleteScalars(target, patch);
        JsonText.RemoveAll(
            target,
            [.. patch.Where(change => change.Value is null && !change.Key.StartsWith('$') && target.ContainsKey(change.Key)).Select(change => change.Key)]);
        foreach (var (name, value) in patch)
        {
            if (!name.StartsWith('$'))
            {
                if (value is not null)
                {
                    MergeMember(target, patch, name, value, scope);
                }
            }
            else if (name.StartsWith(OrderDirectivePrefix, StringComparison.Ordinal))
            {
                ReorderUnpatched(target, patch, name[OrderDirectivePrefix.Length..], value, scope);
            }
            else if (name is not (PatchDirective or RetainKeysDirective) && !name.StartsWith(DeletionDirectivePrefix, StringComparison.Ordinal))
            {
                target[name] = value?.DeepClone(); // an unknown field like any other: decoding refuses it by its name
            }
        }

        return target;
    }

    /// <summary>The value of <c>$patch</c> in a list element or an object; null when there is none.</summary>
    internal static string? Directive(JsonObject patch)
    {
        if (!patch.TryGetPropertyValue(PatchDirective, out var directive))
        {
            return null;
        }

        return directive is JsonValue value && value.TryGetValue<string>(out var text)
            ? text
            : throw PatchException.NotApplicable("unknown patch type: the $patch directive has to be a string");
    }

    internal static JsonObject Without(JsonObject patch, string name)
    {
        var copy = patch.DeepClone().AsObject();
        copy.Remove(name);
        return copy;
    }

    private static void MergeMember(JsonObject target, JsonObject patch, string name, JsonNode value, Scope scope)
    {
        target.TryGetPropertyValue(name, out var existing);
        var member = scope.Member(name);
        switch (value)
        {
            case JsonObject changes:
                var merged = MergeObject(existing as JsonObject ?? [], changes, member);
                if (!ReferenceEquals(merged, existing))
                {
                    target[name] = merged;
                }

                break;
            case JsonArray changes when member.MergesList:
                patch.TryGetPropertyValue(OrderDirectivePrefix + name, out var order);
                var items = existing as JsonArray ?? [];
                target[name] = new StrategicList(member).Merge(items, changes, OrderList(order));
                break;
            default:
                target[name] = value.DeepClone();
                break;
        }
    }

    /// <summary>An order for a list that the patch does not otherwise change.</summary>
    private static void ReorderUnpatched(JsonObject target, JsonObject patch, string name, JsonNode? order, Scope scope)
    {
        var wanted = OrderList(order);
        var member = scope.Member(name);
        if (!patch.ContainsKey(name) && wanted is not null && member.MergesList && target[name] is JsonArray items)
        {
            target[name] = new StrategicList(member).Merge(items, [], wanted);
        }
    }

    private static JsonArray? OrderList(JsonNode? order) => order switch
    {
        null => null,
        JsonArray list => list,
        _ => throw PatchException.Malformed("invalid patch format of setElementOrder list"),
    };

    /// <summary>Drops the members that the directive does not list. A change to one of those is a contradiction in the patch.</summary>
    private static void RetainKeys(JsonObject target, JsonObject patch)
    {
        if (!patch.TryGetPropertyValue(RetainKeysDirective, out var directive))
        {
            return;
        }

        const string Complaint = "invalid patch format of retainKeys";
        if (directive is not JsonArray list)
        {
            throw PatchException.Malformed(Complaint);
        }

        var kept = list.Select(item => item is JsonValue value && value.TryGetValue<string>(out var name) ? name : throw PatchException.Malformed(Complaint))
            .ToHashSet(StringComparer.Ordinal);
        if (patch.Any(change => change.Value is not null && !change.Key.StartsWith('$') && !kept.Contains(change.Key)))
        {
            throw PatchException.Malformed(Complaint);
        }

        JsonText.RemoveAll(target, [.. target.Select(member => member.Key).Where(name => !kept.Contains(name))]);
    }

    private static void DeleteScalars(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (!name.StartsWith(DeletionDirectivePrefix, StringComparison.Ordinal))
            {
                continue;
            }

            if (value is not JsonArray unwanted)
            {
                throw PatchException.Malformed("invalid patch format of primitive list");
            }

            if (target[name[DeletionDirectivePrefix.Length..]] is JsonArray items)
            {
                var keys = unwanted.Select(ScalarKey.Of).ToHashSet();
                items.RemoveAll(item => ScalarKey.Of(item) is { } key && keys.Contains(key));
            }
        }
    }

    /// <summary>What is declared about the place in the document that is being merged.</summary>
    /// <param name="Type">The declared type of the object; null for maps and for what the schema does not know.</param>
    /// <param name="Field">The declaration of the field that the value stands in; null at the root and inside maps.</param>
    internal readonly record struct Scope(TypeSchema? Type, FieldSchema? Field)
    {
        public bool MergesList => Field is { Shape: FieldShape.List, PatchMerge: true };

        public string? MergeKey => Field?.PatchMergeKey;

        /// <summary>The scope of an element of the list that this scope is of.</summary>
        public Scope Element => new(Field?.Type, null);

        public Scope Member(string name)
        {
            if (Field is { Shape: FieldShape.Map })
            {
                return new Scope(Field.Type, null);
            }

            var field = Type?.Find(name);
            return new Scope(field is { Shape: FieldShape.Single } ? field.Type : null, field);
        }
    }
}
