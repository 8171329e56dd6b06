using Minke.Api.Core;
using Minke.Client;

namespace Minke.Node.Pods;

/// <summary>Records events about pods and their containers.</summary>
public sealed class PodEvents(EventRecorder recorder)
{
    public void Normal(Pod pod, string reason, string message) => recorder.Normal(pod, reason, message);

    public void Warning(Pod pod, string reason, string message) => recorder.Warning(pod, reason, message);

    public void Normal(Pod pod, Container container, string reason, string message) => recorder.Record(Target(pod, container), "Normal", reason, message);

    public void Warning(Pod pod, Container container, string reason, string message) => recorder.Record(Target(pod, container), "Warning", reason, message);

    private static ObjectReference Target(Pod pod, Container container)
    {
        var target = References.To(pod);
        target.FieldPath = pod.IsInitContainer(container.Name) ? $"spec.initContainers{{{container.Name}}}" : $"spec.containers{{{container.Name}}}";
        return target;
    }
}
