using Minke.Api.Selectors;

namespace Minke.Api.Core;

/// <summary>Checks what a container may learn about its own pod (the downward API).</summary>
internal static class DownwardValidation
{
    private static readonly string[] s_known =
    [
        "metadata.name", "metadata.namespace", "metadata.uid", "metadata.annotations", "metadata.labels", "spec.nodeName", "spec.serviceAccountName",
        "spec.restartPolicy", "spec.schedulerName", "spec.hostNetwork", "status.phase", "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs",
    ];

    private static readonly string[] s_resources =
    [
        "limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage", "requests.memory",
    ];

    private static readonly string[] s_processorDivisors = ["0", "1", "1m"];
    private static readonly string[] s_byteDivisors = ["0", "1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei"];

    /// <param name="supported">The fields that may be named at this place.</param>
    public static void CheckField(ObjectFieldSelector? selector, IReadOnlyList<string> supported, FieldPath path, FieldErrors errors)
    {
        if (selector is null)
        {
            return;
        }

        if (selector.ApiVersion.Length == 0)
        {
            errors.Required(path.Child("apiVersion"));
            return;
        }

        if (selector.FieldPath.Length == 0)
        {
            errors.Required(path.Child("fieldPath"));
            return;
        }

        if (Split(selector.FieldPath) is var (map, key))
        {
            CheckEntry(map, key, path, errors);
        }
        else if (!s_known.Contains(selector.FieldPath))
        {
            errors.Invalid(
                path.Child("fieldPath"), selector.FieldPath, $"error converting fieldPath: field label not supported: {selector.FieldPath}");
        }
        else if (!supported.Contains(selector.FieldPath))
        {
            errors.NotSupported(path.Child("fieldPath"), selector.FieldPath, supported);
        }
    }

    public static void CheckResource(ResourceFieldSelector? selector, bool isVolume, FieldPath path, FieldErrors errors)
    {
        if (selector is null)
        {
            return;
        }

        if (isVolume && selector.ContainerName.Length == 0)
        {
            errors.Required(path.Child("containerName"));
            return;
        }

        if (selector.Resource.Length == 0)
        {
            errors.Required(path.Child("resource"));
            return;
        }

        var isHugePages = selector.Resource.StartsWith("limits.hugepages-", StringComparison.Ordinal)
            || selector.Resource.StartsWith("requests.hugepages-", StringComparison.Ordinal);
        if (!s_resources.Contains(selector.Resource) && !isHugePages)
        {
            errors.NotSupported(path.Child("resource"), selector.Resource, s_resources);
            return;
        }

        var isProcessor = selector.Resource.EndsWith(".cpu", StringComparison.Ordinal);
        var divisors = isProcessor ? s_processorDivisors : s_byteDivisors;
        if (!divisors.Any(divisor => Quantity.Parse(divisor) == selector.Divisor))
        {
            var resource = selector.Resource[(selector.Resource.IndexOf('.') + 1)..];
            errors.Invalid(
                path.Child("divisor"),
                selector.Divisor.ToString(),
                $"only divisor's values {string.Join(", ", divisors.Skip(1))} are supported with the {resource} resource");
        }
    }

    private static void CheckEntry(string map, string key, FieldPath path, FieldErrors errors)
    {
        switch (map)
        {
            case "metadata.annotations":
                errors.AddAll(path, key, NameSyntax.LabelKey(key.ToLowerInvariant()));
                break;
            case "metadata.labels":
                errors.AddAll(path, key, NameSyntax.LabelKey(key));
                break;
            default:
                errors.Invalid(path, map, "does not support subscript");
                break;
        }
    }

    /// <summary>The two parts of <c>metadata.labels['key']</c>; null when the path has another form.</summary>
    private static (string Map, string Key)? Split(string path)
    {
        var open = path.IndexOf("['", StringComparison.Ordinal);
        return open > 0 && path.EndsWith("']", StringComparison.Ordinal) && path.Length >= open + 4 ? (path[..open], path[(open + 2)..^2]) : null;
    }
}
