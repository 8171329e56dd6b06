using System.Net;
using Minke.Api.Selectors;

namespace Minke.Api.Core;

/// <summary>Checks nodes.</summary>
internal static class NodeValidation
{
    private static readonly FieldPath s_spec = "spec";

    public static void Validate(Node node, FieldErrors errors)
    {
        CheckTaints(node.Spec.Taints, s_spec.Child("taints"), errors);
        for (var i = 0; i < node.Spec.PodCIDRs.Count; i++)
        {
            CheckNetwork(node.Spec.PodCIDRs[i], s_spec.Child("podCIDRs").Index(i), errors);
        }

        CheckStatus(node, errors);
    }

    public static void ValidateUpdate(Node old, Node node, FieldErrors errors)
    {
        Validate(node, errors);
        if (old.Spec.PodCIDR.Length > 0 && old.Spec.PodCIDR != node.Spec.PodCIDR)
        {
            errors.Forbidden(s_spec.Child("podCIDR"), "node updates may not change podCIDR except from \"\" to valid");
        }

        if (old.Spec.PodCIDRs.Count > 0 && !old.Spec.PodCIDRs.SequenceEqual(node.Spec.PodCIDRs))
        {
            errors.Forbidden(s_spec.Child("podCIDRs"), "node updates may not change podCIDR except from \"\" to valid");
        }

        if (old.Spec.ProviderID.Length > 0 && old.Spec.ProviderID != node.Spec.ProviderID)
        {
            errors.Forbidden(s_spec.Child("providerID"), "node updates may not change providerID except from \"\" to valid");
        }
    }

    public static void ValidateStatusUpdate(Node old, Node node, FieldErrors errors) => CheckStatus(node, errors);

    private static void CheckStatus(Node node, FieldErrors errors)
    {
        FieldPath status = "status";
        CheckAmounts(node.Status.Capacity, status.Child("capacity"), errors);
        CheckAmounts(node.Status.Allocatable, status.Child("allocatable"), errors);
        HashSet<(string, string)> addresses = [];
        for (var i = 0; i < node.Status.Addresses.Count; i++)
        {
            var address = node.Status.Addresses[i];
            if (!addresses.Add((address.Type, address.Address)))
            {
                errors.Duplicate(status.Child("addresses").Index(i), $"{address.Type}: {address.Address}");
            }
        }
    }

    private static void CheckAmounts(ApiMap<Quantity> amounts, FieldPath path, FieldErrors errors)
    {
        foreach (var (name, amount) in amounts)
        {
            errors.AddAll(path.Key(name), name, NameSyntax.LabelKey(name));
            ResourceValidation.CheckAmount(name, amount, path.Key(name), errors);
        }
    }

    private static void CheckTaints(ApiList<Taint> taints, FieldPath path, FieldErrors errors)
    {
        HashSet<(string, string)> seen = [];
        for (var i = 0; i < taints.Count; i++)
        {
            var taint = taints[i];
            var at = path.Index(i);
            errors.AddAll(at.Child("key"), taint.Key, NameSyntax.LabelKey(taint.Key));
            errors.AddAll(at.Child("value"), taint.Value, NameSyntax.LabelValue(taint.Value));
            if (taint.Effect.Length == 0)
            {
                errors.Required(at.Child("effect"));
            }
            else
            {
                TolerationValidation.CheckEffect(taint.Effect, at.Child("effect"), errors);
            }

            if (!seen.Add((taint.Key, taint.Effect)))
            {
                errors.Duplicate(at, $"{taint.Key}={taint.Value}:{taint.Effect}");
            }
        }
    }

    private static void CheckNetwork(string text, FieldPath path, FieldErrors errors)
    {
        if (!IPNetwork.TryParse(text, out _))
        {
            errors.Invalid(path, text, "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
        }
    }
}
