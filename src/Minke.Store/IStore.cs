namespace Minke.Store;

/// <summary>
/// A versioned key-value store with one global revision. Every committed write gets the next revision; no revision is used twice and
/// none is skipped in what a watch delivers. Keys are paths such as <c>/pods/default/web-0</c>: printable ASCII, at most
/// <see cref="StoreLimits.MaxKeyLength"/> characters, ordered by ordinal comparison. Implementations are thread-safe. What they hand out may
/// share memory with what was written: neither the writer nor a reader may change a value's bytes.
/// </summary>
public interface IStore : IAsyncDisposable
{
    /// <summary>The revision of the newest acknowledged write; a read that must be linearizable asks here first.</summary>
    ValueTask<long> GetRevisionAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Commits one write if its condition holds. When the task completes with <see cref="WriteOutcome.Committed"/> the write is durable.
    /// Cancelling gives up waiting for a place in the queue; a write that has a place runs to its end.
    /// </summary>
    /// <exception cref="ArgumentException">The key or the value is outside <see cref="StoreLimits"/>.</exception>
    /// <exception cref="StoreUnavailableException">The store could not answer; the write may or may not have been committed.</exception>
    ValueTask<WriteResult> WriteAsync(StoreWrite write, CancellationToken cancellationToken);

    /// <summary>The entry under a key as of <paramref name="revision"/> (0: newest), or null.</summary>
    /// <exception cref="CompactedException">The revision is older than the compacted revision.</exception>
    /// <exception cref="FutureRevisionException">The revision is newer than the newest write.</exception>
    ValueTask<StoreEntry?> GetAsync(string key, long revision, CancellationToken cancellationToken);

    /// <summary>One page of the entries under a prefix, in key order, all as of one revision.</summary>
    /// <exception cref="CompactedException">The revision is older than the compacted revision.</exception>
    /// <exception cref="FutureRevisionException">The revision is newer than the newest write.</exception>
    ValueTask<StorePage> ListAsync(ListQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Every change under a prefix with a revision greater than <paramref name="afterRevision"/>, in revision order, without a gap or a
    /// duplicate, until cancelled. Batches with no events tell progress: everything up to <see cref="StoreBatch.Revision"/> was delivered.
    /// </summary>
    /// <exception cref="CompactedException">Changes after the revision are no longer all known; list again.</exception>
    /// <exception cref="FutureRevisionException">The revision is newer than the newest write: it belongs to another store's history.</exception>
    /// <exception cref="StoreUnavailableException">The watch was lost; open it again from the last delivered revision.</exception>
    IAsyncEnumerable<StoreBatch> WatchAsync(string prefix, long afterRevision, CancellationToken cancellationToken);

    /// <summary>
    /// Forgets history before <paramref name="revision"/>; the newest version of every live key stays. Reads at the revision and watches
    /// after the one before it still work. A revision that is already compacted changes nothing.
    /// </summary>
    /// <exception cref="FutureRevisionException">The revision is newer than the newest write.</exception>
    ValueTask CompactAsync(long revision, CancellationToken cancellationToken);
}

/// <summary>One key as of one revision.</summary>
/// <param name="Revision">The revision of the write that made this value.</param>
/// <param name="CreateRevision">The revision of the write that created the key.</param>
public sealed record StoreEntry(string Key, ReadOnlyMemory<byte> Value, long Revision, long CreateRevision);

public enum WriteKind
{
    /// <summary>The key must not exist.</summary>
    Create,
    /// <summary>The key must exist at the expected revision.</summary>
    Update,
    /// <summary>The key must exist at the expected revision; afterwards it does not.</summary>
    Delete,
}

/// <summary>One conditional write. Use the factory methods.</summary>
public readonly record struct StoreWrite(WriteKind Kind, string Key, ReadOnlyMemory<byte> Value, long ExpectedRevision)
{
    public static StoreWrite Create(string key, ReadOnlyMemory<byte> value) => new(WriteKind.Create, key, value, 0);
    public static StoreWrite Update(string key, ReadOnlyMemory<byte> value, long expectedRevision) => new(WriteKind.Update, key, value, expectedRevision);
    public static StoreWrite Delete(string key, long expectedRevision) => new(WriteKind.Delete, key, default, expectedRevision);
}

public enum WriteOutcome
{
    Committed,
    /// <summary>A create found the key.</summary>
    Exists,
    /// <summary>An update or delete did not find the key.</summary>
    Missing,
    /// <summary>An update or delete found the key at another revision.</summary>
    Conflict,
}

/// <summary>What became of a write. <paramref name="Revision"/> is the write's own revision when committed, else the key's present revision (0 when missing).</summary>
public readonly record struct WriteResult(WriteOutcome Outcome, long Revision);

/// <param name="Revision">0: newest.</param>
/// <param name="Limit">At most so many entries; 0: all.</param>
/// <param name="AfterKey">Only keys greater than this one (the last key of the page before); null: from the start.</param>
public readonly record struct ListQuery(string Prefix, long Revision, int Limit, string? AfterKey);

/// <param name="Revision">The revision that every entry of the page was read at.</param>
/// <param name="More">Entries remain after the last one.</param>
/// <param name="Remaining">How many remain.</param>
public sealed record StorePage(long Revision, IReadOnlyList<StoreEntry> Entries, bool More, long Remaining);

/// <summary>One change. A deletion has no value; the watcher knows the value before it.</summary>
public readonly record struct StoreEvent(bool Deleted, StoreEntry Entry);

/// <param name="Revision">Every event under the prefix up to and including this revision has been delivered.</param>
public readonly record struct StoreBatch(long Revision, IReadOnlyList<StoreEvent> Events);

/// <summary>The asked revision was compacted away.</summary>
public sealed class CompactedException(long asked, long compacted)
    : Exception($"revision {asked} is no longer available: the store keeps revisions from {compacted}")
{
    public long CompactedRevision { get; } = compacted;
}

/// <summary>The asked revision has not been written yet.</summary>
public sealed class FutureRevisionException(long asked, long newest)
    : Exception($"revision {asked} is in the future: the newest is {newest}")
{
    public long NewestRevision { get; } = newest;
}

/// <summary>The store could not be reached or could not write; the outcome of a write is unknown.</summary>
public sealed class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
