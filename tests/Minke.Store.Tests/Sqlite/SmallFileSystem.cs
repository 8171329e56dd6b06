using System.Diagnostics;

namespace Minke.Store.Tests.Sqlite;

/// <summary>A small file system in memory mounted over a directory, so that it can be filled.</summary>
internal sealed class SmallFileSystem : IDisposable
{
    private readonly string _path;

    private SmallFileSystem(string path) => _path = path;

    /// <summary>Null where mounting is not allowed.</summary>
    public static SmallFileSystem? TryMount(string path, int kilobytes) =>
        Environment.IsPrivilegedProcess && Run("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "tmpfs", path) ? new SmallFileSystem(path) : null;

    public void Dispose() => Assert.True(Run("umount", _path), $"{_path} stays mounted");

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
