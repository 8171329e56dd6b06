using Minke.Api.Selectors;

namespace Minke.Api.Core;

/// <summary>Checks the spec of a pod or of a template of pods.</summary>
internal static class PodSpecValidation
{
    private static readonly string[] s_restartPolicies = ["Always", "OnFailure", "Never"];

    public static void Validate(PodSpec spec, FieldPath path, FieldErrors errors)
    {
        VolumeValidation.Validate(spec.Volumes, path.Child("volumes"), errors);
        new ContainerListValidation(spec, errors).Validate(path);
        errors.CheckOneOf(path.Child("restartPolicy"), spec.RestartPolicy, s_restartPolicies);
        DnsValidation.Validate(spec, path, errors);
        errors.CheckLabels(path.Child("nodeSelector"), spec.NodeSelector);
        PodSecurityValidation.Validate(spec, path, errors);
        AffinityValidation.Validate(spec.Affinity, path.Child("affinity"), errors);
        TolerationValidation.Validate(spec.Tolerations, path.Child("tolerations"), errors);
        TopologySpreadValidation.Validate(spec.TopologySpreadConstraints, path.Child("topologySpreadConstraints"), errors);
        CheckNames(spec, path, errors);
        CheckTimes(spec, path, errors);
        CheckHostAliases(spec.HostAliases, path.Child("hostAliases"), errors);
        CheckGates(spec, path, errors);
        CheckOs(spec, path, errors);
        ResourceValidation.CheckPodResources(spec, path, errors);
    }

    private static void CheckNames(PodSpec spec, FieldPath path, FieldErrors errors)
    {
        CheckOptional(path.Child("serviceAccountName"), spec.ServiceAccountName, NameSyntax.Dns1123Subdomain, errors);
        CheckOptional(path.Child("nodeName"), spec.NodeName, NameSyntax.Dns1123Subdomain, errors);
        CheckOptional(path.Child("hostname"), spec.Hostname, NameSyntax.Dns1123Label, errors);
        CheckOptional(path.Child("subdomain"), spec.Subdomain, NameSyntax.Dns1123Label, errors);
        CheckOptional(path.Child("hostnameOverride"), spec.HostnameOverride ?? "", NameSyntax.Dns1123Subdomain, errors);
        CheckOptional(path.Child("priorityClassName"), spec.PriorityClassName, NameSyntax.Dns1123Subdomain, errors);
        CheckOptional(path.Child("runtimeClassName"), spec.RuntimeClassName ?? "", NameSyntax.Dns1123Subdomain, errors);
        errors.CheckOptionalOneOf(path.Child("preemptionPolicy"), spec.PreemptionPolicy, "Never", "PreemptLowerPriority");
        for (var i = 0; i < spec.ReadinessGates.Count; i++)
        {
            var type = spec.ReadinessGates[i].ConditionType;
            errors.AddAll(path.Child("readinessGates").Index(i).Child("conditionType"), type, NameSyntax.LabelKey(type));
        }
    }

    private static void CheckOptional(FieldPath path, string value, Func<string, IReadOnlyList<string>> syntax, FieldErrors errors)
    {
        if (value.Length > 0)
        {
            errors.AddAll(path, value, syntax(value));
        }
    }

    private static void CheckTimes(PodSpec spec, FieldPath path, FieldErrors errors)
    {
        if (spec.ActiveDeadlineSeconds is { } deadline)
        {
            errors.CheckRange(path.Child("activeDeadlineSeconds"), deadline, 1, int.MaxValue);
        }

        if (spec.TerminationGracePeriodSeconds is null)
        {
            errors.Required(path.Child("terminationGracePeriodSeconds"));
        }
    }

    private static void CheckHostAliases(ApiList<HostAlias> aliases, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < aliases.Count; i++)
        {
            errors.CheckAddress(path.Index(i).Child("ip"), aliases[i].Ip);
            foreach (var name in aliases[i].Hostnames)
            {
                errors.AddAll(path.Index(i).Child("hostnames"), name, NameSyntax.Dns1123Subdomain(name));
            }
        }
    }

    private static void CheckGates(PodSpec spec, FieldPath path, FieldErrors errors)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        for (var i = 0; i < spec.SchedulingGates.Count; i++)
        {
            var name = spec.SchedulingGates[i].Name;
            var at = path.Child("schedulingGates").Index(i);
            errors.AddAll(at, name, NameSyntax.LabelKey(name));
            if (!seen.Add(name))
            {
                errors.Duplicate(at, name);
            }
        }
    }

    private static void CheckOs(PodSpec spec, FieldPath path, FieldErrors errors)
    {
        if (spec.Os is { } os)
        {
            errors.CheckOneOf(path.Child("os").Child("name"), os.Name, "linux", "windows");
        }
    }
}
