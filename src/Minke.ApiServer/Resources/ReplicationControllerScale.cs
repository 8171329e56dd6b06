using Minke.Api;
using Minke.Api.Autoscaling;
using Minke.Api.Core;
using Minke.Api.Meta;

namespace Minke.ApiServer.Resources;

/// <summary>The replicationcontrollers/scale subresource: the number of replicas as an autoscaling/v1 Scale.</summary>
internal static class ReplicationControllerScale
{
    public static Scale Of(ReplicationController rc) => new()
    {
        Metadata = new ObjectMeta
        {
            Name = rc.Metadata.Name,
            Namespace = rc.Metadata.Namespace,
            Uid = rc.Metadata.Uid,
            ResourceVersion = rc.Metadata.ResourceVersion,
            CreationTimestamp = rc.Metadata.CreationTimestamp,
        },
        Spec = new ScaleSpec { Replicas = rc.Spec.Replicas ?? 0 },
        Status = new ScaleStatus
        {
            Replicas = rc.Status.Replicas,
            Selector = string.Join(',', rc.Spec.Selector.Select(l => $"{l.Key}={l.Value}")),
        },
    };

    /// <summary>The controller with the number of replicas, and the conditions, that a Scale states.</summary>
    /// <exception cref="ApiException">The number is negative (422).</exception>
    public static ReplicationController Apply(ReplicationController current, Scale scale)
    {
        if (scale.Spec.Replicas < 0)
        {
            var errors = new FieldErrors();
            errors.Invalid(FieldPath.Root("spec").Child("replicas"), scale.Spec.Replicas, "must be greater than or equal to 0");
            throw ApiErrors.Invalid(Kinds.Scale, current.Metadata.Name, errors);
        }

        RequestChecks.SameName(scale, current.Metadata.Name);
        RequestChecks.SetNamespace(Kinds.ReplicationController, scale, current.Metadata.Namespace);
        var desired = current.Clone();
        desired.Spec.Replicas = scale.Spec.Replicas;
        desired.Metadata.ResourceVersion = scale.Metadata.ResourceVersion;
        desired.Metadata.Uid = scale.Metadata.Uid;
        return desired;
    }
}
