namespace Minke.Api.Core;

/// <summary>What a replication controller has when its manifest does not say otherwise.</summary>
internal static class ReplicationControllerDefaults
{
    public static void Apply(ReplicationController controller)
    {
        var spec = controller.Spec;
        spec.Replicas ??= 1;
        if (spec.Template is not { } template)
        {
            return;
        }

        PodSpecDefaults.Apply(template.Spec);
        var labels = template.Metadata.Labels;
        if (spec.Selector.Count == 0 && labels.Count > 0)
        {
            spec.Selector = new ApiMap<string>(labels);
        }

        if (controller.Metadata.Labels.Count == 0 && labels.Count > 0)
        {
            controller.Metadata.Labels = new ApiMap<string>(labels);
        }
    }
}
