using System.Globalization;
using Minke.Api;
using Minke.Api.Core;

namespace Minke.Node.Pods;

/// <summary>What follows from a pod's spec alone.</summary>
public static class PodFacts
{
    private const long DefaultGraceSeconds = 30;

    extension(Pod pod)
    {
        public bool IsDeleting => pod.Metadata.DeletionTimestamp is not null;

        /// <summary>The API says that the pod has ended for good.</summary>
        public bool HasTerminalPhase => pod.Status.Phase is "Succeeded" or "Failed";

        public string FullName => $"{pod.Metadata.Namespace}/{pod.Metadata.Name}";

        /// <summary>The time that containers have between TERM and KILL when the pod ends without being deleted.</summary>
        public TimeSpan SpecGrace => TimeSpan.FromSeconds(Math.Max(0, pod.Spec.TerminationGracePeriodSeconds ?? DefaultGraceSeconds));

        /// <summary>Containers of both lists, the init containers first.</summary>
        public IEnumerable<Container> AllContainers => pod.Spec.InitContainers.Concat(pod.Spec.Containers);

        public Container? FindContainer(string name)
        {
            foreach (var container in pod.AllContainers)
            {
                if (container.Name == name)
                {
                    return container;
                }
            }

            return null;
        }

        public bool IsInitContainer(string name)
        {
            foreach (var container in pod.Spec.InitContainers)
            {
                if (container.Name == name)
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>The number of the newest container that the API knows to have run; -1 when none did.</summary>
        public int KnownAttempt(string name)
        {
            foreach (var status in pod.Status.InitContainerStatuses.Concat(pod.Status.ContainerStatuses))
            {
                if (status.Name == name)
                {
                    // One that waits without having run before is the one that is still to run.
                    var isToRun = status.State.Running is null && status.State.Terminated is null && status.LastState.Terminated is null;
                    return isToRun ? status.RestartCount - 1 : status.RestartCount;
                }
            }

            return -1;
        }
    }

    extension(Container container)
    {
        /// <summary>An init container that keeps running beside the containers (KEP-753).</summary>
        public bool IsSidecar(Pod pod) => container.RestartPolicy == "Always" && pod.IsInitContainer(container.Name);

        /// <summary>Of what cannot change in a running container, as the kubelet does since KEP-1287: its name and image.</summary>
        public string SpecHash
        {
            get
            {
                var hash = 2166136261u;
                foreach (var character in container.Name.Concat("\0").Concat(container.Image))
                {
                    hash = (hash ^ character) * 16777619u;
                }

                return hash.ToString("x", CultureInfo.InvariantCulture);
            }
        }
    }

    /// <summary>Whether a container that has ended is to run again.</summary>
    public static bool ShouldRestart(Pod pod, Container container, ContainerSnapshot ended)
    {
        if (ended.Hash.Length > 0 && ended.Hash != container.SpecHash)
        {
            return true;
        }

        foreach (var rule in container.RestartPolicyRules)
        {
            if (rule.Action == "Restart" && rule.ExitCodes is { } codes && codes.Values.Contains(ended.ExitCode) == (codes.Operator == "In"))
            {
                return true;
            }
        }

        var policy = container.RestartPolicy ?? pod.Spec.RestartPolicy;
        return policy switch
        {
            "Never" => false,
            "OnFailure" => ended.ExitCode != 0,
            // For an init container Always means "until it has succeeded", unless it is a sidecar.
            _ => container.IsSidecar(pod) || ended.ExitCode != 0 || !pod.IsInitContainer(container.Name),
        };
    }
}
