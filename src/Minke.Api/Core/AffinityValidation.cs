using Minke.Api.Selectors;

namespace Minke.Api.Core;

/// <summary>Checks which nodes and which neighbours a pod wants.</summary>
internal static class AffinityValidation
{
    private const string Required = "requiredDuringSchedulingIgnoredDuringExecution";
    private const string Preferred = "preferredDuringSchedulingIgnoredDuringExecution";

    public static void Validate(Affinity? affinity, FieldPath path, FieldErrors errors)
    {
        if (affinity?.NodeAffinity is { } nodes)
        {
            CheckNodes(nodes, path.Child("nodeAffinity"), errors);
        }

        if (affinity?.PodAffinity is { } pods)
        {
            CheckPods(
                pods.RequiredDuringSchedulingIgnoredDuringExecution, pods.PreferredDuringSchedulingIgnoredDuringExecution, path.Child("podAffinity"), errors);
        }

        if (affinity?.PodAntiAffinity is { } others)
        {
            CheckPods(
                others.RequiredDuringSchedulingIgnoredDuringExecution,
                others.PreferredDuringSchedulingIgnoredDuringExecution,
                path.Child("podAntiAffinity"),
                errors);
        }
    }

    private static void CheckNodes(NodeAffinity affinity, FieldPath path, FieldErrors errors)
    {
        if (affinity.RequiredDuringSchedulingIgnoredDuringExecution is { } required)
        {
            var terms = path.Child(Required).Child("nodeSelectorTerms");
            if (required.NodeSelectorTerms.Count == 0)
            {
                errors.Required(terms, "must have at least one node selector term");
            }

            for (var i = 0; i < required.NodeSelectorTerms.Count; i++)
            {
                CheckTerm(required.NodeSelectorTerms[i], terms.Index(i), errors);
            }
        }

        var preferred = path.Child(Preferred);
        for (var i = 0; i < affinity.PreferredDuringSchedulingIgnoredDuringExecution.Count; i++)
        {
            var term = affinity.PreferredDuringSchedulingIgnoredDuringExecution[i];
            CheckWeight(term.Weight, preferred.Index(i), errors);
            CheckTerm(term.Preference, preferred.Index(i).Child("preference"), errors);
        }
    }

    private static void CheckTerm(NodeSelectorTerm term, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < term.MatchExpressions.Count; i++)
        {
            CheckExpression(term.MatchExpressions[i], path.Child("matchExpressions").Index(i), errors);
        }

        for (var i = 0; i < term.MatchFields.Count; i++)
        {
            CheckField(term.MatchFields[i], path.Child("matchFields").Index(i), errors);
        }
    }

    private static void CheckExpression(NodeSelectorRequirement requirement, FieldPath path, FieldErrors errors)
    {
        switch (requirement.Operator)
        {
            case "In" or "NotIn" when requirement.Values.Count == 0:
                errors.Required(path.Child("values"), "must be specified when `operator` is 'In' or 'NotIn'");
                break;
            case "Exists" or "DoesNotExist" when requirement.Values.Count > 0:
                errors.Forbidden(path.Child("values"), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                break;
            case "Gt" or "Lt" when requirement.Values.Count != 1:
                errors.Required(path.Child("values"), "must be specified single value when `operator` is 'Lt' or 'Gt'");
                break;
            case "In" or "NotIn" or "Exists" or "DoesNotExist" or "Gt" or "Lt":
                break;
            default:
                errors.Invalid(path.Child("operator"), requirement.Operator, "not a valid selector operator");
                break;
        }

        errors.AddAll(path.Child("key"), requirement.Key, NameSyntax.LabelKey(requirement.Key));
    }

    /// <summary>The only field that nodes are selected by is their name.</summary>
    private static void CheckField(NodeSelectorRequirement requirement, FieldPath path, FieldErrors errors)
    {
        if (requirement.Operator is not ("In" or "NotIn"))
        {
            errors.Invalid(path.Child("operator"), requirement.Operator, "not a valid selector operator");
        }
        else if (requirement.Values.Count != 1)
        {
            errors.Required(path.Child("values"), "must be only one value when `operator` is 'In' or 'NotIn' for node field selector");
        }

        if (requirement.Key != "metadata.name")
        {
            errors.Invalid(path.Child("key"), requirement.Key, "not a valid field selector key");
        }
    }

    private static void CheckPods(
        ApiList<PodAffinityTerm> required, ApiList<WeightedPodAffinityTerm> preferred, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < required.Count; i++)
        {
            CheckTerm(required[i], path.Child(Required).Index(i), errors);
        }

        for (var i = 0; i < preferred.Count; i++)
        {
            CheckWeight(preferred[i].Weight, path.Child(Preferred).Index(i), errors);
            CheckTerm(preferred[i].PodAffinityTerm, path.Child(Preferred).Index(i).Child("podAffinityTerm"), errors);
        }
    }

    private static void CheckTerm(PodAffinityTerm term, FieldPath path, FieldErrors errors)
    {
        LabelSelectorValidation.Validate(term.LabelSelector, path.Child("labelSelector"), errors);
        LabelSelectorValidation.Validate(term.NamespaceSelector, path.Child("namespaceSelector"), errors);
        foreach (var name in term.Namespaces)
        {
            errors.AddAll(path.Child("namespaces"), name, NameSyntax.Dns1123Label(name));
        }

        if (term.TopologyKey.Length == 0)
        {
            errors.Required(path.Child("topologyKey"), "can not be empty");
        }
        else
        {
            errors.AddAll(path.Child("topologyKey"), term.TopologyKey, NameSyntax.LabelKey(term.TopologyKey));
        }
    }

    private static void CheckWeight(int weight, FieldPath path, FieldErrors errors)
    {
        if (weight is < 1 or > 100)
        {
            errors.Invalid(path.Child("weight"), weight, "must be in the range 1-100");
        }
    }
}
