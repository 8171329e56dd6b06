using Minke.Host;

namespace Minke.Node.Containerd;

/// <summary>
/// The file that containerd appends its log to. containerd keeps it open and knows nothing of rotation, so the file is copied to a second one and then
/// emptied in place; what is appended next starts at its beginning.
/// </summary>
internal sealed class BoundedLog(string file)
{
    private const long BytesMax = 8 * 1024 * 1024;
    private const int TailLines = 5;

    /// <summary>Keeps the file from growing without bound.</summary>
    public void Bound()
    {
        var info = new FileInfo(file);
        if (!info.Exists || info.Length <= BytesMax)
        {
            return;
        }

        File.Copy(file, file + ".1", overwrite: true);
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        stream.SetLength(0);
    }

    /// <summary>The last lines, on one line.</summary>
    public string Tail()
    {
        var lines = ProcFile.TryReadLines(file);
        return lines.Length == 0 ? "(its log is empty)" : string.Join(" | ", lines[^Math.Min(lines.Length, TailLines)..]);
    }
}
