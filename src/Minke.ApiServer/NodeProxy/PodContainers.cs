using Minke.Api;
using Minke.Api.Core;

namespace Minke.ApiServer.NodeProxy;

/// <summary>Decides which of a pod's containers a request means (kube-apiserver's pod strategy, validateContainer).</summary>
internal static class PodContainers
{
    private const string DefaultContainerAnnotation = "kubectl.kubernetes.io/default-container";

    /// <param name="named">What the client asked for; empty: the annotated one, else the only one.</param>
    /// <exception cref="ApiException">There is no such container, or the choice is not clear (400).</exception>
    public static string Choose(Pod pod, string named)
    {
        if (named.Length > 0)
        {
            return NamesOf(pod).Contains(named) ? named : throw ApiErrors.BadRequest($"container {named} is not valid for pod {pod.Metadata.Name}");
        }

        if (pod.Metadata.Annotations.TryGetValue(DefaultContainerAnnotation, out var annotated) && NamesOf(pod).Contains(annotated))
        {
            return annotated;
        }

        return pod.Spec.Containers.Count == 1
            ? pod.Spec.Containers[0].Name
            : throw ApiErrors.BadRequest(
                $"a container name must be specified for pod {pod.Metadata.Name}, choose one of: [{string.Join(' ', NamesOf(pod))}]");
    }

    /// <summary>Why the container does not run yet, in the words of its status; for a node that does not know the pod yet.</summary>
    public static string WaitingReason(Pod pod, string container)
    {
        var status = pod.Status.ContainerStatuses.Concat(pod.Status.InitContainerStatuses).FirstOrDefault(s => s.Name == container);
        return status?.State.Waiting is { Reason.Length: > 0 } waiting ? waiting.Reason : "ContainerCreating";
    }

    private static IEnumerable<string> NamesOf(Pod pod) =>
        pod.Spec.InitContainers.Select(c => c.Name).Concat(pod.Spec.Containers.Select(c => c.Name)).Concat(pod.Spec.EphemeralContainers.Select(c => c.Common.Name));
}
