using System.ComponentModel;
using System.Diagnostics;

namespace Minke.Host;

/// <summary>
/// Starts a program that outlives this one: in its own session (so that no terminal signal reaches it), without input, and with its output appended
/// to a file.
/// </summary>
public static class DetachedProcess
{
    // The shell sets up the files and is replaced by setsid, which is replaced by the program: one process id throughout.
    private const string AppendBoth = """exec setsid -- "$@" </dev/null >>"$MINKE_LOG" 2>&1""";
    private const string AppendErrors = """exec setsid -- "$@" </dev/null 2>>"$MINKE_LOG" """;

    /// <summary>Starts a program with both its outputs going to a file.</summary>
    /// <exception cref="HostCommandException">It could not be started.</exception>
    public static Process Start(string program, IReadOnlyList<string> arguments, string logFile) =>
        Start(AppendBoth, program, arguments, logFile, readOutput: false);

    /// <summary>Starts a program with its errors going to a file; its output can be read from the returned process.</summary>
    /// <exception cref="HostCommandException">It could not be started.</exception>
    public static Process StartReadable(string program, IReadOnlyList<string> arguments, string logFile) =>
        Start(AppendErrors, program, arguments, logFile, readOutput: true);

    private static Process Start(string script, string program, IReadOnlyList<string> arguments, string logFile, bool readOutput)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", script, "sh", program, .. arguments])
        {
            RedirectStandardOutput = readOutput,
            WorkingDirectory = "/",
        };
        start.Environment["MINKE_LOG"] = logFile;
        try
        {
            return Process.Start(start) ?? throw new HostCommandException($"{program} could not be started");
        }
        catch (Win32Exception exception)
        {
            throw new HostCommandException($"{program} could not be started: {exception.Message}", exception);
        }
    }
}
