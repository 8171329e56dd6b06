using System.Globalization;

namespace Minke.Api.Core;

/// <summary>Checks all containers of a pod, and what they must not have in common: names and ports of the host.</summary>
internal sealed class ContainerListValidation(PodSpec spec, FieldErrors errors)
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly PodReferences _references = new(spec);

    public void Validate(FieldPath path)
    {
        var containers = path.Child("containers");
        if (spec.Containers.Count == 0)
        {
            errors.Required(containers);
        }

        for (var i = 0; i < spec.Containers.Count; i++)
        {
            CheckRegular(spec.Containers[i], containers.Index(i));
        }

        var initContainers = path.Child("initContainers");
        for (var i = 0; i < spec.InitContainers.Count; i++)
        {
            CheckInit(spec.InitContainers[i], initContainers.Index(i));
        }

        var ephemeral = path.Child("ephemeralContainers");
        for (var i = 0; i < spec.EphemeralContainers.Count; i++)
        {
            CheckEphemeral(spec.EphemeralContainers[i], ephemeral.Index(i));
        }

        CheckHostPorts(spec.Containers, containers);

        // Init containers run one after the other, so that only those that keep running can be in each other's way.
        CheckHostPorts([.. spec.InitContainers.Where(container => container.RestartPolicy == "Always")], initContainers);
    }

    private void CheckRegular(Container container, FieldPath path)
    {
        CheckCommon(container, path);
        if (container.RestartPolicy is not null)
        {
            errors.Forbidden(path.Child("restartPolicy"), "may not be set for non-init containers");
        }

        CheckHooks(container, path);
    }

    private void CheckInit(Container container, FieldPath path)
    {
        CheckCommon(container, path);
        errors.CheckOptionalOneOf(path.Child("restartPolicy"), container.RestartPolicy, "Always");
        if (container.RestartPolicy == "Always")
        {
            CheckHooks(container, path);
            return;
        }

        Forbid(container.Lifecycle, path.Child("lifecycle"));
        Forbid(container.LivenessProbe, path.Child("livenessProbe"));
        Forbid(container.ReadinessProbe, path.Child("readinessProbe"));
        Forbid(container.StartupProbe, path.Child("startupProbe"));

        void Forbid(ApiType? value, FieldPath at)
        {
            if (value is not null)
            {
                errors.Forbidden(at, "may not be set for init containers without restartPolicy=Always");
            }
        }
    }

    private void CheckHooks(Container container, FieldPath path)
    {
        ProbeValidation.CheckLifecycle(container.Lifecycle, spec.TerminationGracePeriodSeconds, path.Child("lifecycle"), errors);
        ProbeValidation.CheckLiveness(container.LivenessProbe, path.Child("livenessProbe"), errors);
        ProbeValidation.CheckReadiness(container.ReadinessProbe, path.Child("readinessProbe"), errors);
        ProbeValidation.CheckLiveness(container.StartupProbe, path.Child("startupProbe"), errors);
    }

    private void CheckCommon(Container container, FieldPath path)
    {
        ContainerValidation.Validate(container, _references, path, errors);
        CheckName(container.Name, path);
    }

    private void CheckName(string name, FieldPath path)
    {
        if (name.Length > 0 && !_names.Add(name))
        {
            errors.Duplicate(path.Child("name"), name);
        }
    }

    private void CheckEphemeral(EphemeralContainer container, FieldPath path)
    {
        CheckName(container.Common.Name, path);
        ContainerValidation.Validate(ContainerValidation.AsContainer(container.Common), _references, path, errors);
        CheckOnlyInRegular(container.Common, path);
        var target = container.TargetContainerName;
        if (target.Length > 0 && !_references.Targets.Contains(target))
        {
            errors.NotFound(path.Child("targetContainerName"), target);
        }
    }

    private void CheckOnlyInRegular(EphemeralContainerCommon container, FieldPath path)
    {
        (string Name, bool IsSet)[] fields =
        [
            ("ports", container.Ports.Count > 0), ("livenessProbe", container.LivenessProbe is not null), ("readinessProbe", container.ReadinessProbe is not null),
            ("startupProbe", container.StartupProbe is not null), ("lifecycle", container.Lifecycle is not null),
            ("resources", container.Resources.Limits.Count > 0 || container.Resources.Requests.Count > 0), ("restartPolicy", container.RestartPolicy is not null),
        ];
        foreach (var (name, isSet) in fields)
        {
            if (isSet)
            {
                errors.Forbidden(path.Child(name), "cannot be set for an Ephemeral Container");
            }
        }
    }

    private void CheckHostPorts(IReadOnlyList<Container> containers, FieldPath path)
    {
        HashSet<string> taken = new(StringComparer.Ordinal);
        for (var i = 0; i < containers.Count; i++)
        {
            for (var j = 0; j < containers[i].Ports.Count; j++)
            {
                var port = containers[i].Ports[j];
                var key = string.Create(CultureInfo.InvariantCulture, $"{port.Protocol}/{port.HostIP}/{port.HostPort}");
                if (port.HostPort != 0 && !taken.Add(key))
                {
                    errors.Duplicate(path.Index(i).Child("ports").Index(j).Child("hostPort"), key);
                }
            }
        }
    }
}
