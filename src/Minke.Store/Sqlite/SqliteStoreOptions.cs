namespace Minke.Store.Sqlite;

/// <summary>Where a <see cref="SqliteStore"/> lives and how much memory it may hold.</summary>
public sealed record SqliteStoreOptions
{
    /// <summary>The directory for the database; made when missing. Only one process at a time may use it.</summary>
    public required string Directory { get; init; }

    /// <summary>Reads that run at the same time; others wait.</summary>
    public int Readers { get; init; } = 4;

    /// <summary>Writes that may wait for the committer; further writers wait for a place.</summary>
    public int QueueCapacity { get; init; } = 4096;

    /// <summary>Writes in one transaction.</summary>
    public int MaxBatchWrites { get; init; } = 1024;

    /// <summary>Bytes of values in one transaction, so that one fsync stays short.</summary>
    public int MaxBatchBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>Recent events held in memory for watches; a watch that falls further behind reads the log.</summary>
    public int FeedEvents { get; init; } = 4096;

    /// <summary>Bytes of values of recent events held in memory.</summary>
    public int FeedBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Pages that the database file may grow to, 0: unlimited. Lets a test fill the disk.</summary>
    public long MaxPages { get; init; }
}
