using System.Globalization;

namespace Minke.Host;

/// <summary>What this machine offers, where it decides how things are set up.</summary>
public static class HostFacts
{
    private const int CapSysResource = 24; // capabilities(7)

    /// <summary>Whether systemd is the init process, and with it the owner of the cgroup tree.</summary>
    public static bool RunsSystemd => ProcFile.TryReadLines("/proc/1/comm") is ["systemd", ..];

    /// <summary>Without CAP_SYS_RESOURCE nobody can lower an oom_score_adj, and runc fails when asked to.</summary>
    public static bool CanLowerOomScore => HasCapability(ProcFile.TryReadLines("/proc/self/status"), CapSysResource);

    internal static bool HasCapability(IEnumerable<string> statusLines, int capability)
    {
        const string Label = "CapEff:";
        var line = statusLines.FirstOrDefault(l => l.StartsWith(Label, StringComparison.Ordinal));
        return line is not null
            && ulong.TryParse(line.AsSpan(Label.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var mask)
            && (mask >> capability & 1) == 1;
    }
}
