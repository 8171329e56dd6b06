using Minke.Api.Selectors;

namespace Minke.Api.Core;

/// <summary>Checks how much of which resource a container or pod asks for, and may use.</summary>
internal static class ResourceValidation
{
    private const string HugePagesPrefix = "hugepages-";
    private const string NativeDomain = "kubernetes.io/";
    private static readonly string[] s_standard = ["cpu", "memory", "ephemeral-storage"];

    public static void CheckContainer(ResourceRequirements resources, IReadOnlySet<string> claims, FieldPath path, FieldErrors errors)
    {
        CheckRequirements(resources, path, errors);
        for (var i = 0; i < resources.Claims.Count; i++)
        {
            var claim = resources.Claims[i];
            var at = path.Child("claims").Index(i);
            errors.CheckRequired(at.Child("name"), claim.Name);
            if (claim.Name.Length > 0 && !claims.Contains(claim.Name))
            {
                errors.NotFound(at, claim.Name);
            }
        }
    }

    public static void CheckPodResources(PodSpec spec, FieldPath path, FieldErrors errors)
    {
        if (spec.Resources is { } resources)
        {
            CheckRequirements(resources, path.Child("resources"), errors);
        }

        foreach (var (name, amount) in spec.Overhead)
        {
            CheckAmount(name, amount, path.Child("overhead").Key(name), errors);
        }

        HashSet<string> names = new(StringComparer.Ordinal);
        for (var i = 0; i < spec.ResourceClaims.Count; i++)
        {
            var name = spec.ResourceClaims[i].Name;
            var at = path.Child("resourceClaims").Index(i).Child("name");
            errors.AddAll(at, name, NameSyntax.Dns1123Label(name));
            if (!names.Add(name))
            {
                errors.Duplicate(at, name);
            }
        }
    }

    public static void CheckResizePolicy(ApiList<ContainerResizePolicy> policies, FieldPath path, FieldErrors errors)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        for (var i = 0; i < policies.Count; i++)
        {
            var at = path.Index(i);
            errors.CheckOneOf(at.Child("resourceName"), policies[i].ResourceName, "cpu", "memory");
            errors.CheckOneOf(at.Child("restartPolicy"), policies[i].RestartPolicy, "NotRequired", "RestartContainer");
            if (!names.Add(policies[i].ResourceName))
            {
                errors.Duplicate(at.Child("resourceName"), policies[i].ResourceName);
            }
        }
    }

    /// <summary>An amount of a resource: not negative, and whole where the resource comes in pieces.</summary>
    public static void CheckAmount(string name, Quantity amount, FieldPath path, FieldErrors errors)
    {
        if (amount.Sign < 0)
        {
            errors.Invalid(path, amount.ToString(), "must be greater than or equal to 0");
        }

        if (IsExtended(name) && amount.MilliValue % 1000 != 0)
        {
            errors.Invalid(path, amount.ToString(), "must be an integer");
        }
    }

    private static void CheckRequirements(ResourceRequirements resources, FieldPath path, FieldErrors errors)
    {
        var limits = path.Child("limits");
        foreach (var (name, amount) in resources.Limits)
        {
            CheckName(name, limits.Key(name), errors);
            CheckAmount(name, amount, limits.Key(name), errors);
        }

        var requests = path.Child("requests");
        foreach (var (name, amount) in resources.Requests)
        {
            CheckName(name, requests.Key(name), errors);
            CheckAmount(name, amount, requests.Key(name), errors);
            CheckAgainstLimit(name, amount, resources.Limits, path, errors);
        }
    }

    private static void CheckAgainstLimit(string name, Quantity request, ApiMap<Quantity> limits, FieldPath path, FieldErrors errors)
    {
        var mayOvercommit = !IsExtended(name) && !name.StartsWith(HugePagesPrefix, StringComparison.Ordinal);
        if (!limits.TryGetValue(name, out var limit))
        {
            if (!mayOvercommit)
            {
                errors.Required(path.Child("limits"), "Limit must be set for non overcommitable resources");
            }
        }
        else if (!mayOvercommit && request != limit)
        {
            errors.Invalid(path.Child("requests"), request.ToString(), $"must be equal to {name} limit of {limit}");
        }
        else if (mayOvercommit && request > limit)
        {
            errors.Invalid(path.Child("requests"), request.ToString(), $"must be less than or equal to {name} limit of {limit}");
        }
    }

    private static void CheckName(string name, FieldPath path, FieldErrors errors)
    {
        errors.AddAll(path, name, NameSyntax.LabelKey(name));
        if (!name.Contains('/'))
        {
            if (!s_standard.Contains(name) && !name.StartsWith(HugePagesPrefix, StringComparison.Ordinal))
            {
                errors.Invalid(path, name, "must be a standard resource for containers");
            }
        }
        else if (!name.Contains(NativeDomain, StringComparison.Ordinal) && !IsExtended(name))
        {
            errors.Invalid(path, name, "doesn't follow extended resource name standard");
        }
    }

    /// <summary>A resource that somebody else than Kubernetes defines, such as a device.</summary>
    private static bool IsExtended(string name) =>
        name.Contains('/')
        && !name.Contains(NativeDomain, StringComparison.Ordinal)
        && !name.StartsWith("requests.", StringComparison.Ordinal)
        && NameSyntax.LabelKey("requests." + name).Count == 0;
}
