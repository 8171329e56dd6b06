using Minke.Startup;
using Spectre.Console;

namespace Minke.Commands;

/// <summary>What commands print: results on standard output, troubles on standard error, colours and motion only on a terminal.</summary>
internal static class Terminal
{
    public static IAnsiConsole Out { get; } = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });

    public static bool IsInteractive => !Console.IsOutputRedirected && Out.Profile.Capabilities.Ansi;

    /// <summary>One sentence about what went wrong.</summary>
    public static void Complain(string sentence) => Console.Error.WriteLine($"minke: {sentence}");

    /// <summary>A duration as people read it: 0.21 s.</summary>
    public static string Seconds(TimeSpan span) => span.TotalSeconds.ToString("0.00", null) + " s";
}
