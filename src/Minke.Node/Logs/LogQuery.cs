namespace Minke.Node.Logs;

/// <summary>Which part of a log is wanted, and how (the fields of <c>PodLogOptions</c> that concern the node).</summary>
public sealed record LogQuery
{
    /// <summary>Go on with what the container writes until it ends.</summary>
    public bool Follow { get; init; }

    /// <summary>Begin each line with the time at which it was written.</summary>
    public bool Timestamps { get; init; }

    /// <summary>Only what was written at this time or later.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Begin with the last so many lines of what there is.</summary>
    public long? TailLines { get; init; }

    /// <summary>End after so many bytes of output, even within a line.</summary>
    public long? LimitBytes { get; init; }

    public bool Stdout { get; init; } = true;

    public bool Stderr { get; init; } = true;
}
