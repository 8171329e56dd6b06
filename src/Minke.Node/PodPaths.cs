using System.Globalization;
using Minke.Api.Core;

namespace Minke.Node;

/// <summary>Where the files of pods are.</summary>
public sealed class PodPaths(NodeAgentOptions options)
{
    public string PodsDirectory { get; } = Path.Combine(options.DataDirectory, "pods");

    public string SeccompDirectory { get; } = Path.Combine(options.DataDirectory, "seccomp");

    public string PodDirectory(string uid) => Path.Combine(PodsDirectory, Safe(uid));

    public string VolumesDirectory(string uid) => Path.Combine(PodDirectory(uid), "volumes");

    public string Volume(string uid, string name) => Path.Combine(VolumesDirectory(uid), Safe(name));

    public string SubPath(string uid, string volume, string container, int index) =>
        Path.Combine(PodDirectory(uid), "subpaths", Safe(volume), Safe(container), index.ToString(CultureInfo.InvariantCulture));

    public string HostsFile(string uid) => Path.Combine(PodDirectory(uid), "etc-hosts");

    public string TerminationLog(string uid, string container, int attempt) =>
        Path.Combine(PodDirectory(uid), "containers", Safe(container), attempt.ToString(CultureInfo.InvariantCulture));

    public string LogDirectory(Pod pod) => LogDirectory(pod.Metadata.Namespace, pod.Metadata.Name, pod.Metadata.Uid);

    public string LogDirectory(string @namespace, string name, string uid) => Path.Combine(options.LogDirectory, Safe($"{@namespace}_{name}_{uid}"));

    /// <summary>The directories with logs of one pod, whatever its name was.</summary>
    public IReadOnlyList<string> LogDirectories(string uid) =>
        Directory.Exists(options.LogDirectory) ? Directory.GetDirectories(options.LogDirectory, $"*_{Safe(uid)}") : [];

    /// <summary>The uids of the pods that have logs.</summary>
    public IReadOnlyList<string> PodsWithLogs() => Directory.Exists(options.LogDirectory)
        ? [.. Directory.EnumerateDirectories(options.LogDirectory, "*_*_*").Select(static path => path[(path.LastIndexOf('_') + 1)..])]
        : [];

    /// <summary>Below <see cref="LogDirectory(Pod)"/>.</summary>
    public static string LogFile(string container, int attempt) => string.Create(CultureInfo.InvariantCulture, $"{container}/{attempt}.log");

    /// <summary>Names come from the API, which checks them; a file name is made of them only if they cannot leave their directory.</summary>
    private static string Safe(string name) =>
        name.Length > 0 && name is not ("." or "..") && !name.Contains('/') && !name.Contains('\0')
            ? name
            : throw new InvalidOperationException($"'{name}' cannot be a file's name");
}
