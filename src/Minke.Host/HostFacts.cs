using System.Globalization;

namespace Minke.Host;

/// <summary>What this machine offers, where it decides how things are set up.</summary>
public static class HostFacts
{
    private const int CapSysResource = 24; // capabilities(7)

    /// <summary>Without CAP_SYS_RESOURCE nobody can lower an oom_score_adj, and runc fails when asked to.</summary>
    public static bool CanLowerOomScore => HasCapability(ProcFile.TryReadLines("/proc/self/status"), CapSysResource);

    /// <summary>The least oom_score_adj that this process may give to another one (proc_pid_oom_score_adj(5)).</summary>
    public static int OomScoreAdjustMin =>
        !CanLowerOomScore && ProcFile.TryReadLines("/proc/self/oom_score_adj") is [var own, ..] ? int.Parse(own, CultureInfo.InvariantCulture) : -1000;

    internal static bool HasCapability(IEnumerable<string> statusLines, int capability)
    {
        const string Label = "CapEff:";
        var line = statusLines.FirstOrDefault(l => l.StartsWith(Label, StringComparison.Ordinal));
        return line is not null
            && ulong.TryParse(line.AsSpan(Label.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var mask)
            && (mask >> capability & 1) == 1;
    }
}
