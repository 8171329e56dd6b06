using Minke.Api.Core;

namespace Minke.Client;

/// <summary>Whether tolerations cover taints, by the rules of the API documentation of Toleration.</summary>
public static class Tolerations
{
    /// <summary>The taint that a cordoned node counts as having.</summary>
    public static Taint Unschedulable { get; } = new() { Key = "node.kubernetes.io/unschedulable", Effect = "NoSchedule" };

    public static bool Tolerates(IEnumerable<Toleration> tolerations, Taint taint)
    {
        foreach (var toleration in tolerations)
        {
            if (Tolerates(toleration, taint))
            {
                return true;
            }
        }

        return false;
    }

    public static bool Tolerates(Toleration toleration, Taint taint)
    {
        if (toleration.Effect.Length > 0 && toleration.Effect != taint.Effect)
        {
            return false;
        }

        if (toleration.Key.Length > 0 && toleration.Key != taint.Key)
        {
            return false;
        }

        return toleration.Operator switch
        {
            "" or "Equal" => toleration.Key.Length > 0 && toleration.Value == taint.Value,
            "Exists" => true,
            "Lt" => Compare(taint.Value, toleration.Value) is < 0,
            "Gt" => Compare(taint.Value, toleration.Value) is > 0,
            _ => false,
        };
    }

    private static int? Compare(string taint, string toleration) =>
        long.TryParse(taint, System.Globalization.CultureInfo.InvariantCulture, out var left)
        && long.TryParse(toleration, System.Globalization.CultureInfo.InvariantCulture, out var right)
            ? left.CompareTo(right)
            : null;
}
