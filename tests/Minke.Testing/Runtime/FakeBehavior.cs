namespace Minke.Testing.Runtime;

/// <summary>What the process of a fake container does.</summary>
public sealed record FakeBehavior
{
    /// <summary>Runs until it is stopped, and then ends at once.</summary>
    public static FakeBehavior RunsForever { get; } = new();

    /// <summary>Ends by itself after this time; null: never.</summary>
    public TimeSpan? ExitAfter { get; init; }

    public int ExitCode { get; init; }

    /// <summary>The reason that the runtime gives; empty: Completed or Error, by the code.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Only KILL ends it.</summary>
    public bool IgnoresTerm { get; init; }

    public static FakeBehavior Exits(int code, TimeSpan after = default) => new() { ExitAfter = after, ExitCode = code };
}
