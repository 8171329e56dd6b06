using Minke.Api.Selectors;

namespace Minke.Api.Core;

/// <summary>Checks which taints a pod tolerates.</summary>
internal static class TolerationValidation
{
    private static readonly string[] s_effects = ["NoExecute", "NoSchedule", "PreferNoSchedule"];

    public static void Validate(ApiList<Toleration> tolerations, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < tolerations.Count; i++)
        {
            Check(tolerations[i], path.Index(i), errors);
        }
    }

    /// <summary>The effect of a taint.</summary>
    public static void CheckEffect(string effect, FieldPath path, FieldErrors errors)
    {
        if (!s_effects.Contains(effect))
        {
            errors.NotSupported(path, effect, s_effects);
        }
    }

    private static void Check(Toleration toleration, FieldPath path, FieldErrors errors)
    {
        if (toleration.Key.Length > 0)
        {
            errors.AddAll(path.Child("key"), toleration.Key, NameSyntax.LabelKey(toleration.Key));
        }
        else if (toleration.Operator != "Exists")
        {
            errors.Invalid(
                path.Child("operator"),
                toleration.Operator,
                "operator must be Exists when `key` is empty, which means \"match all values and all keys\"");
        }

        if (toleration.TolerationSeconds is not null && toleration.Effect != "NoExecute")
        {
            errors.Invalid(path.Child("effect"), toleration.Effect, "effect must be 'NoExecute' when `tolerationSeconds` is set");
        }

        CheckValue(toleration, path.Child("operator"), errors);
        if (toleration.Effect.Length > 0)
        {
            CheckEffect(toleration.Effect, path.Child("effect"), errors);
        }
    }

    private static void CheckValue(Toleration toleration, FieldPath path, FieldErrors errors)
    {
        switch (toleration.Operator)
        {
            case "" or "Equal":
                errors.AddAll(path, toleration.Value, NameSyntax.LabelValue(toleration.Value));
                break;
            case "Exists":
                if (toleration.Value.Length > 0)
                {
                    errors.Invalid(path, toleration.Value, "value must be empty when `operator` is 'Exists'");
                }

                break;
            default:
                errors.NotSupported(path, toleration.Operator, "Equal", "Exists");
                break;
        }
    }
}
