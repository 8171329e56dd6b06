using Minke.Api.Selectors;

namespace Minke.Api.Core;

/// <summary>Checks how a pod wants to be spread with its like.</summary>
internal static class TopologySpreadValidation
{
    public static void Validate(ApiList<TopologySpreadConstraint> constraints, FieldPath path, FieldErrors errors)
    {
        HashSet<(string, string)> seen = [];
        for (var i = 0; i < constraints.Count; i++)
        {
            var constraint = constraints[i];
            Check(constraint, path.Index(i), errors);
            if (!seen.Add((constraint.TopologyKey, constraint.WhenUnsatisfiable)))
            {
                errors.Duplicate(path.Index(i).Child("{topologyKey, whenUnsatisfiable}"), $"{{{constraint.TopologyKey}, {constraint.WhenUnsatisfiable}}}");
            }
        }
    }

    private static void Check(TopologySpreadConstraint constraint, FieldPath path, FieldErrors errors)
    {
        const string NotPositive = "must be greater than zero";
        if (constraint.MaxSkew <= 0)
        {
            errors.Invalid(path.Child("maxSkew"), constraint.MaxSkew, NotPositive);
        }

        if (constraint.TopologyKey.Length == 0)
        {
            errors.Required(path.Child("topologyKey"), "can not be empty");
        }
        else
        {
            errors.AddAll(path.Child("topologyKey"), constraint.TopologyKey, NameSyntax.LabelKey(constraint.TopologyKey));
        }

        if (constraint.WhenUnsatisfiable is not ("DoNotSchedule" or "ScheduleAnyway"))
        {
            errors.NotSupported(path.Child("whenUnsatisfiable"), constraint.WhenUnsatisfiable, "DoNotSchedule", "ScheduleAnyway");
        }

        if (constraint.MinDomains is { } domains)
        {
            if (domains <= 0)
            {
                errors.Invalid(path.Child("minDomains"), domains, NotPositive);
            }

            if (constraint.WhenUnsatisfiable != "DoNotSchedule")
            {
                errors.Invalid(
                    path.Child("minDomains"),
                    domains,
                    $"can only use minDomains if whenUnsatisfiable=DoNotSchedule, not {constraint.WhenUnsatisfiable}");
            }
        }

        errors.CheckOptionalOneOf(path.Child("nodeAffinityPolicy"), constraint.NodeAffinityPolicy, "Honor", "Ignore");
        errors.CheckOptionalOneOf(path.Child("nodeTaintsPolicy"), constraint.NodeTaintsPolicy, "Honor", "Ignore");
        LabelSelectorValidation.Validate(constraint.LabelSelector, path.Child("labelSelector"), errors);
        CheckLabelKeys(constraint, path.Child("matchLabelKeys"), errors);
    }

    private static void CheckLabelKeys(TopologySpreadConstraint constraint, FieldPath path, FieldErrors errors)
    {
        if (constraint.MatchLabelKeys.Count > 0 && constraint.LabelSelector is null)
        {
            errors.Forbidden(path, "must not be specified when labelSelector is not set");
        }

        for (var i = 0; i < constraint.MatchLabelKeys.Count; i++)
        {
            var key = constraint.MatchLabelKeys[i];
            errors.AddAll(path.Index(i), key, NameSyntax.LabelKey(key));
        }
    }
}
