using System.Runtime.CompilerServices;

namespace Minke.Store.Sqlite;

/// <summary>
/// The store on one machine: SQLite in WAL mode with <c>synchronous=FULL</c>. Writes go through one committer thread in groups; reads run on a
/// few read-only connections and never wait for writes; watches are fed from memory and catch up from the log. <c>kill -9</c> or a power cut
/// at any moment loses no acknowledged write.
/// </summary>
public sealed class SqliteStore : IStore
{
    private const int WatchBatch = 512;

    private readonly FileStream _lock;
    private readonly CommitQueue _queue;
    private readonly CommitFeed _feed;
    private readonly ReaderPool _readers;
    private readonly Committer _committer;
    private int _disposed;

    private SqliteStore(SqliteStoreOptions options, string path, FileStream lockFile)
    {
        _lock = lockFile;
        _queue = new CommitQueue(options.QueueCapacity);
        _feed = new CommitFeed(options.FeedEvents, options.FeedBytes);
        _readers = new ReaderPool(path, options.Readers);
        _committer = new Committer(options, path, _queue, _feed);
        _committer.Start();
    }

    /// <summary>Opens the store, and makes it when the directory has none.</summary>
    /// <exception cref="StoreFormatException">The directory's store is of a newer format.</exception>
    /// <exception cref="StoreUnavailableException">The directory cannot be used: the message says why.</exception>
    public static SqliteStore Open(SqliteStoreOptions options)
    {
        FileStream? lockFile = null;
        try
        {
            // The store holds secrets: nobody else may read it.
            Directory.CreateDirectory(options.Directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            // Without sharing the file is also locked against other processes; the system lets go of it however the process ends.
            lockFile = OpenPrivate(Path.Combine(options.Directory, "lock"));
            var path = Path.Combine(options.Directory, "minke.db");
            OpenPrivate(path).Dispose();
            return new SqliteStore(options, path, lockFile);
        }
        catch (IOException error)
        {
            lockFile?.Dispose();
            throw new StoreUnavailableException($"the store in {options.Directory} cannot be opened{(lockFile is null ? ", another process may be using it" : "")}: {error.Message}", error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new StoreUnavailableException($"the store in {options.Directory} cannot be opened: {error.Message}", error);
        }
        catch (SqliteFailure failure)
        {
            lockFile?.Dispose();
            throw new StoreUnavailableException($"the store in {options.Directory} cannot be opened: {failure.Message}", failure);
        }
        catch
        {
            lockFile?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask<long> GetRevisionAsync(CancellationToken cancellationToken) => new(_feed.Revision);

    /// <inheritdoc/>
    public ValueTask<WriteResult> WriteAsync(StoreWrite write, CancellationToken cancellationToken)
    {
        StoreLimits.Check(write);
        return _queue.EnqueueAsync(write, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<StoreEntry?> GetAsync(string key, long revision, CancellationToken cancellationToken) =>
        _readers.ReadAsync((key, revision), static (reader, asked) => reader.Get(asked.key, asked.revision), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<StorePage> ListAsync(ListQuery query, CancellationToken cancellationToken) =>
        _readers.ReadAsync(query, static (reader, asked) => reader.List(asked), cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoreBatch> WatchAsync(string prefix, long afterRevision, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (afterRevision < _committer.Compacted - 1)
        {
            throw new CompactedException(afterRevision, _committer.Compacted);
        }

        // The feed lags a moment behind the file, where a list may have got its revision from.
        if (afterRevision > _feed.Revision)
        {
            var newest = await _readers.ReadAsync(0, static (reader, _) => reader.Newest(), cancellationToken);
            if (afterRevision > newest)
            {
                throw new FutureRevisionException(afterRevision, newest);
            }
        }

        for (var cursor = afterRevision; ;)
        {
            await _feed.WaitAsync(cursor, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            if (!_feed.TryRead(prefix, cursor, WatchBatch, out var batch))
            {
                batch = await _readers.ReadAsync(
                    (prefix, cursor, upTo: _feed.Revision),
                    static (reader, asked) => reader.Changes(asked.prefix, asked.cursor, asked.upTo, WatchBatch),
                    cancellationToken);
            }

            if (batch.Revision > cursor)
            {
                cursor = batch.Revision;
                yield return batch;
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask CompactAsync(long revision, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask(_queue.EnqueueCompaction(revision));
    }

    /// <summary>Answers every write that waits, ends the watches, checkpoints and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _queue.Close();
        _feed.Close();
        await _readers.CloseAsync();
        await _committer.Ended;
        _lock.Dispose();
    }

    private static FileStream OpenPrivate(string path) => new(path, new FileStreamOptions
    {
        Mode = FileMode.OpenOrCreate,
        Access = FileAccess.ReadWrite,
        Share = FileShare.None,
        UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
    });
}
