using System.Globalization;
using System.Runtime.InteropServices;
using Minke.Host;

namespace Minke.Node;

/// <summary>What this machine is: measured once, and passed in so that a test may say something else.</summary>
public sealed record MachineFacts
{
    public required int Processors { get; init; }
    public required long MemoryBytes { get; init; }
    public required long DiskBytes { get; init; }
    public required string Architecture { get; init; }
    public required string KernelVersion { get; init; }
    public required string OsImage { get; init; }
    public string MachineId { get; init; } = "";
    public string SystemUuid { get; init; } = "";
    public string BootId { get; init; } = "";

    /// <param name="dataDirectory">On the disk whose size is the node's ephemeral storage.</param>
    public static MachineFacts Measure(string dataDirectory) => new()
    {
        Processors = Environment.ProcessorCount,
        MemoryBytes = MemoryTotal(ProcFile.TryReadLines("/proc/meminfo")),
        DiskBytes = new DriveInfo(Directory.Exists(dataDirectory) ? dataDirectory : "/").TotalSize,
        Architecture = ArchitectureName,
        KernelVersion = FirstLine("/proc/sys/kernel/osrelease"),
        OsImage = PrettyName(ProcFile.TryReadLines("/etc/os-release")),
        MachineId = FirstLine("/etc/machine-id"),
        SystemUuid = FirstLine("/sys/class/dmi/id/product_uuid"),
        BootId = FirstLine("/proc/sys/kernel/random/boot_id"),
    };

    /// <summary>As Go and the labels of Kubernetes name it.</summary>
    public static string ArchitectureName => RuntimeInformation.OSArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => "amd64",
        System.Runtime.InteropServices.Architecture.Arm64 => "arm64",
        var other => other.ToString().ToLowerInvariant(),
    };

    internal static long MemoryTotal(string[] lines)
    {
        foreach (var line in lines)
        {
            if (line.StartsWith("MemTotal:", StringComparison.Ordinal))
            {
                var number = line["MemTotal:".Length..].Replace("kB", "", StringComparison.Ordinal).Trim();
                return long.Parse(number, CultureInfo.InvariantCulture) * 1024;
            }
        }

        return GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
    }

    private static string PrettyName(string[] lines)
    {
        const string Key = "PRETTY_NAME=";
        var line = lines.FirstOrDefault(static line => line.StartsWith(Key, StringComparison.Ordinal));
        return line is null ? RuntimeInformation.OSDescription : line[Key.Length..].Trim('"');
    }

    private static string FirstLine(string path) => ProcFile.TryReadLines(path) is [var first, ..] ? first.Trim() : "";
}
