using Minke.Api.Selectors;

namespace Minke.Api.Core;

/// <summary>Checks what is the same for every kind of container.</summary>
internal static class ContainerValidation
{
    private static readonly string[] s_pullPolicies = ["Always", "IfNotPresent", "Never"];
    private static readonly string[] s_messagePolicies = ["FallbackToLogsOnError", "File"];
    private static readonly string[] s_protocols = ["SCTP", "TCP", "UDP"];

    public static void Validate(Container container, PodReferences references, FieldPath path, FieldErrors errors)
    {
        if (container.Name.Length == 0)
        {
            errors.Required(path.Child("name"));
        }
        else
        {
            errors.AddAll(path.Child("name"), container.Name, NameSyntax.Dns1123Label(container.Name));
        }

        errors.CheckRequired(path.Child("image"), container.Image);
        errors.CheckOneOf(path.Child("terminationMessagePolicy"), container.TerminationMessagePolicy, s_messagePolicies);
        errors.CheckOneOf(path.Child("imagePullPolicy"), container.ImagePullPolicy, s_pullPolicies);
        CheckPorts(container.Ports, references.Spec, path.Child("ports"), errors);
        EnvironmentValidation.Validate(container, path, errors);
        VolumeMountValidation.Validate(container, references.Volumes, path, errors);
        ResourceValidation.CheckContainer(container.Resources, references.ResourceClaims, path.Child("resources"), errors);
        ResourceValidation.CheckResizePolicy(container.ResizePolicy, path.Child("resizePolicy"), errors);
        ContainerSecurityValidation.Validate(container.SecurityContext, references.Spec, path.Child("securityContext"), errors);
        if (container.RestartPolicyRules.Count > 0)
        {
            errors.Forbidden(path.Child("restartPolicyRules"), "may not be set");
        }
    }

    /// <summary>An ephemeral container in the form of the others; it shares the values.</summary>
    public static Container AsContainer(EphemeralContainerCommon common) => new()
    {
        Name = common.Name,
        Image = common.Image,
        Command = common.Command,
        Args = common.Args,
        WorkingDir = common.WorkingDir,
        Ports = common.Ports,
        EnvFrom = common.EnvFrom,
        Env = common.Env,
        Resources = common.Resources,
        ResizePolicy = common.ResizePolicy,
        RestartPolicyRules = common.RestartPolicyRules,
        VolumeMounts = common.VolumeMounts,
        VolumeDevices = common.VolumeDevices,
        TerminationMessagePath = common.TerminationMessagePath,
        TerminationMessagePolicy = common.TerminationMessagePolicy,
        ImagePullPolicy = common.ImagePullPolicy,
        SecurityContext = common.SecurityContext,
        Stdin = common.Stdin,
        StdinOnce = common.StdinOnce,
        Tty = common.Tty,
    };

    private static void CheckPorts(ApiList<ContainerPort> ports, PodSpec spec, FieldPath path, FieldErrors errors)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        for (var i = 0; i < ports.Count; i++)
        {
            var port = ports[i];
            var at = path.Index(i);
            if (port.Name.Length > 0)
            {
                errors.AddAll(at.Child("name"), port.Name, NameSyntax.PortName(port.Name));
                if (!names.Add(port.Name))
                {
                    errors.Duplicate(at.Child("name"), port.Name);
                }
            }

            CheckNumbers(port, spec.HostNetwork, at, errors);
            errors.CheckOneOf(at.Child("protocol"), port.Protocol, s_protocols);
            if (port.HostIP.Length > 0)
            {
                errors.CheckAddress(at.Child("hostIP"), port.HostIP);
            }
        }
    }

    private static void CheckNumbers(ContainerPort port, bool hostNetwork, FieldPath path, FieldErrors errors)
    {
        if (port.Port == 0)
        {
            errors.Required(path.Child("containerPort"));
        }
        else
        {
            errors.CheckPort(path.Child("containerPort"), port.Port);
        }

        if (port.HostPort != 0)
        {
            errors.CheckPort(path.Child("hostPort"), port.HostPort);
        }

        if (hostNetwork && port.HostPort != port.Port)
        {
            errors.Invalid(path.Child("containerPort"), port.Port, "must match `hostPort` when `hostNetwork` is true");
        }
    }
}
