using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using Minke.Host;
using Minke.Node.Containerd;
using Minke.Node.Runtime;
using Minke.Startup;

namespace Minke.Commands;

/// <summary>The edge of every command: troubles that can happen become one sentence and an exit code.</summary>
internal static class CommandRunner
{
    public const int Success = 0;
    public const int Failure = 1;

    /// <summary><c>status</c> found that Minke does not run (the code that init scripts use).</summary>
    public const int NotRunning = 3;

    /// <summary>The user interrupted the command (128 + SIGINT, as shells report it).</summary>
    public const int Interrupted = 130;

    public static async Task<int> RunAsync(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (OperationCanceledException)
        {
            Terminal.Complain("interrupted");
            return Interrupted;
        }
        catch (Exception exception) when (IsExpected(exception, out var sentence))
        {
            Terminal.Complain(sentence);
            return Failure;
        }
    }

    /// <summary>Whether an exception tells of the machine's state and not of an error in Minke.</summary>
    public static bool IsExpected(Exception exception, [NotNullWhen(true)] out string? sentence)
    {
        sentence = exception switch
        {
            StartException or HostCommandException or ContainerdException or TimeoutException or FormatException or InvalidDataException
                or PlatformNotSupportedException or UnauthorizedAccessException or IOException or Win32Exception => exception.Message,
            RuntimeException failure => $"the container runtime refuses {failure.Operation}: {failure.Message}",
            AggregateException { InnerExceptions: [var only] } => IsExpected(only, out var inner) ? inner : null,
            _ => null,
        };
        return sentence is not null;
    }
}
