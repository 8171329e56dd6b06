using System.Globalization;

namespace Minke.Startup;

/// <summary>
/// Tells how far the start is. In the background the lines go through a pipe to the command that the user waits for; see <see cref="StartMessage"/>.
/// Thread-safe, because independent steps run side by side.
/// </summary>
internal sealed class StartProgress(TextWriter target, TimeProvider time)
{
    private readonly Lock _lock = new(); // guards target

    /// <summary>Runs one step and tells when it begins and ends.</summary>
    public async Task StepAsync(string name, Func<Task> run)
    {
        var start = time.GetTimestamp();
        Tell(new StartMessage(StartMessageKind.Begin, name, 0));
        await run();
        Tell(new StartMessage(StartMessageKind.End, name, (long)time.GetElapsedTime(start).TotalMilliseconds));
    }

    /// <summary>Everything runs.</summary>
    public void Ready() => Tell(new StartMessage(StartMessageKind.Ready, "", 0));

    /// <summary>The start failed and what had been started was stopped again.</summary>
    /// <param name="reason">One sentence for the user.</param>
    public void Failed(string reason) => Tell(new StartMessage(StartMessageKind.Failed, reason, 0));

    private void Tell(StartMessage message)
    {
        lock (_lock)
        {
            target.WriteLine(message.Format());
            target.Flush();
        }
    }
}

internal enum StartMessageKind
{
    Begin,
    End,
    Ready,
    Failed,
}

/// <summary>One line of progress: kind, milliseconds and text, separated by tabs.</summary>
internal readonly record struct StartMessage(StartMessageKind Kind, string Text, long Milliseconds)
{
    public string Format() => string.Create(CultureInfo.InvariantCulture, $"{Kind}\t{Milliseconds}\t{Text.ReplaceLineEndings(" ")}");

    /// <summary>Null: the line is not one of progress.</summary>
    public static StartMessage? Parse(string line) =>
        line.Split('\t', 3) is [var kind, var milliseconds, var text]
            && Enum.TryParse<StartMessageKind>(kind, out var parsed)
            && long.TryParse(milliseconds, CultureInfo.InvariantCulture, out var number)
            ? new StartMessage(parsed, text, number)
            : null;
}
