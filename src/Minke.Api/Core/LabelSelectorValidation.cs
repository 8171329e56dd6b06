using Minke.Api.Meta;
using Minke.Api.Selectors;

namespace Minke.Api.Core;

/// <summary>Checks selectors of labels that stand in specs.</summary>
internal static class LabelSelectorValidation
{
    public static void Validate(LabelSelector? selector, FieldPath path, FieldErrors errors)
    {
        if (selector is null)
        {
            return;
        }

        errors.CheckLabels(path.Child("matchLabels"), selector.MatchLabels);
        for (var i = 0; i < selector.MatchExpressions.Count; i++)
        {
            CheckTerm(selector.MatchExpressions[i], path.Child("matchExpressions").Index(i), errors);
        }
    }

    private static void CheckTerm(LabelSelectorRequirement term, FieldPath path, FieldErrors errors)
    {
        switch (term.Operator)
        {
            case "In" or "NotIn" when term.Values.Count == 0:
                errors.Required(path.Child("values"), "must be specified when `operator` is 'In' or 'NotIn'");
                break;
            case "Exists" or "DoesNotExist" when term.Values.Count > 0:
                errors.Forbidden(path.Child("values"), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                break;
            case "In" or "NotIn" or "Exists" or "DoesNotExist":
                break;
            default:
                errors.Invalid(path.Child("operator"), term.Operator, "not a valid selector operator");
                break;
        }

        errors.AddAll(path.Child("key"), term.Key, NameSyntax.LabelKey(term.Key));
        for (var i = 0; i < term.Values.Count; i++)
        {
            errors.AddAll(path.Child("values").Index(i), term.Values[i], NameSyntax.LabelValue(term.Values[i]));
        }
    }
}
