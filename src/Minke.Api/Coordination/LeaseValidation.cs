using Minke.Api.Core;

namespace Minke.Api.Coordination;

/// <summary>Checks leases.</summary>
internal static class LeaseValidation
{
    public static void Validate(Lease lease, FieldErrors errors)
    {
        FieldPath path = "spec";
        if (lease.Spec.LeaseDurationSeconds is { } duration)
        {
            errors.CheckPositive(path.Child("leaseDurationSeconds"), duration);
        }

        if (lease.Spec.LeaseTransitions is { } transitions)
        {
            errors.CheckNonNegative(path.Child("leaseTransitions"), transitions);
        }

        if (lease.Spec.PreferredHolder is { Length: > 0 } && lease.Spec.Strategy is null or "")
        {
            errors.Forbidden(path.Child("preferredHolder"), "may only be specified if `strategy` is defined");
        }
    }

    public static void ValidateUpdate(Lease old, Lease lease, FieldErrors errors) => Validate(lease, errors);
}
