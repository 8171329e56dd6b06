using System.Globalization;
using Minke.Api;
using Minke.Api.Core;
using Minke.Node.Pods;

namespace Minke.Node.Containers;

/// <summary>The pod's own fields and resources as values for its containers (https://kubernetes.io/docs/concepts/workloads/pods/downward-api/).</summary>
public sealed record DownwardValues(Pod Pod, IReadOnlyList<string> PodAddresses, IReadOnlyList<string> HostAddresses, IReadOnlyDictionary<string, Quantity> Allocatable)
{
    /// <exception cref="PodConfigException">There is no such field.</exception>
    public string Field(string path)
    {
        var metadata = Pod.Metadata;
        switch (path)
        {
            case "metadata.name": return metadata.Name;
            case "metadata.namespace": return metadata.Namespace;
            case "metadata.uid": return metadata.Uid;
            case "metadata.labels": return Lines(metadata.Labels);
            case "metadata.annotations": return Lines(metadata.Annotations);
            case "spec.nodeName": return Pod.Spec.NodeName;
            case "spec.serviceAccountName": return Pod.Spec.ServiceAccountName;
            case "status.podIP": return PodAddresses.Count > 0 ? PodAddresses[0] : "";
            case "status.podIPs": return string.Join(',', PodAddresses);
            case "status.hostIP": return HostAddresses.Count > 0 ? HostAddresses[0] : "";
            case "status.hostIPs": return string.Join(',', HostAddresses);
        }

        return Entry(path, "metadata.labels", metadata.Labels)
            ?? Entry(path, "metadata.annotations", metadata.Annotations)
            ?? throw new PodConfigException($"unsupported fieldPath: {path}");
    }

    /// <summary>An amount in units of the divisor, rounded up. What the container does not limit is what the node has.</summary>
    /// <exception cref="PodConfigException">There is no such container or resource.</exception>
    public string Resource(ResourceFieldSelector selector, Container? self)
    {
        var container = selector.ContainerName.Length == 0 ? self : Pod.FindContainer(selector.ContainerName);
        if (container is null)
        {
            throw new PodConfigException($"container \"{selector.ContainerName}\" not found");
        }

        var dot = selector.Resource.IndexOf('.', StringComparison.Ordinal);
        var (kind, resource) = dot < 0 ? ("", "") : (selector.Resource[..dot], selector.Resource[(dot + 1)..]);
        var amount = (kind, resource) switch
        {
            ("limits", "cpu" or "memory" or "ephemeral-storage") => Find(container.Resources.Limits, resource) ?? Find(Allocatable, resource),
            ("limits", _) when resource.StartsWith("hugepages-", StringComparison.Ordinal) => Find(container.Resources.Limits, resource),
            ("requests", _) => Find(container.Resources.Requests, resource) ?? Find(container.Resources.Limits, resource),
            _ => throw new PodConfigException($"unsupported container resource: {selector.Resource}"),
        };
        var millis = resource == "cpu";
        var value = amount is not { } known ? 0 : millis ? known.MilliValue : known.Value;
        var divisor = selector.Divisor.Sign <= 0 ? (millis ? 1000 : 1) : millis ? selector.Divisor.MilliValue : selector.Divisor.Value;
        return ((value + divisor - 1) / divisor).ToString(CultureInfo.InvariantCulture);
    }

    private static Quantity? Find(IReadOnlyDictionary<string, Quantity> amounts, string resource) =>
        amounts.TryGetValue(resource, out var amount) ? amount : (Quantity?)null;

    private static string? Entry(string path, string prefix, ApiMap<string> map)
    {
        var length = prefix.Length;
        if (!path.StartsWith(prefix, StringComparison.Ordinal) || path.Length < length + 4 || path[length..(length + 2)] != "['" || !path.EndsWith("']", StringComparison.Ordinal))
        {
            return null;
        }

        return map.TryGetValue(path[(length + 2)..^2], out var value) ? value : "";
    }

    /// <summary>One <c>key="value"</c> a line, the value as Go quotes it.</summary>
    private static string Lines(ApiMap<string> map) => string.Join('\n', map.Select(static entry => $"{entry.Key}={Quote(entry.Value)}"));

    private static string Quote(string value)
    {
        var escaped = value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal);
        return $"\"{escaped}\"";
    }
}
