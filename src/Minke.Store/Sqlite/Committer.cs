using SQLitePCL;

namespace Minke.Store.Sqlite;

/// <summary>
/// The only writer: one thread that takes everything waiting, judges each write against the index, and makes the group durable with one
/// transaction and one fsync. Nothing is acknowledged or published before that; after a failure nothing of the group is.
/// </summary>
internal sealed class Committer
{
    private const int SweepRevisions = 256; // few, because writers wait meanwhile

    private readonly SqliteStoreOptions _options;
    private readonly string _path;
    private readonly CommitQueue _queue;
    private readonly CommitFeed _feed;
    private readonly KeyIndex _index = new();
    private readonly List<StoreEvent> _events = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LogWriter? _log; // null after a failure, until it is opened again
    private long _revision;
    private long _compacted;
    private long _swept;
    private bool _sweepFailed;

    /// <exception cref="SqliteFailure">The database cannot be opened.</exception>
    public Committer(SqliteStoreOptions options, string path, CommitQueue queue, CommitFeed feed)
    {
        (_options, _path, _queue, _feed) = (options, path, queue, feed);
        _log = Open();
        _feed.Reset(_revision);
    }

    /// <summary>The oldest revision that can be read.</summary>
    public long Compacted => Volatile.Read(ref _compacted);

    /// <summary>Completes when the queue is closed, all of it is answered and the database is closed.</summary>
    public Task Ended => _ended.Task;

    public void Start() => new Thread(Run) { IsBackground = true, Name = "minke-store-committer" }.Start();

    private bool SweepIsDue => !_sweepFailed && _swept < _compacted;

    private void Run()
    {
        List<PendingWrite> writes = [];
        List<CompactionRequest> compactions = [];
        while (_queue.Take(ref writes, ref compactions, wait: !SweepIsDue))
        {
            CommitInGroups(writes);
            foreach (var compaction in compactions)
            {
                Compact(compaction);
            }

            if (SweepIsDue)
            {
                Sweep();
            }

            writes.Clear();
            compactions.Clear();
        }

        Close();
    }

    private void CommitInGroups(List<PendingWrite> writes)
    {
        for (var start = 0; start < writes.Count;)
        {
            var end = start;
            for (long bytes = 0; end < writes.Count && end - start < _options.MaxBatchWrites && bytes < _options.MaxBatchBytes; end++)
            {
                bytes += writes[end].Write.Value.Length;
            }

            CommitGroup(writes, start, end);
            _queue.Release(end - start);
            start = end;
        }
    }

    private void CommitGroup(List<PendingWrite> writes, int start, int end)
    {
        try
        {
            _log ??= Reopen();
            for (var i = start; i < end; i++)
            {
                Stage(_log, writes[i]);
            }

            if (_events.Count > 0)
            {
                _log.Commit();
            }
        }
        catch (SqliteFailure failure)
        {
            Abandon();
            for (var i = start; i < end; i++)
            {
                writes[i].Fail(new StoreUnavailableException(Describe(failure), failure));
            }

            return;
        }

        if (_events.Count > 0)
        {
            _revision += _events.Count;
            _index.Accept();
            _feed.Publish(_events);
            _events.Clear();
        }

        for (var i = start; i < end; i++)
        {
            writes[i].Acknowledge();
        }
    }

    private void Stage(LogWriter log, PendingWrite pending)
    {
        var write = pending.Write;
        var revision = _revision + _events.Count + 1;
        var outcome = _index.Apply(write, revision, out var before);
        if (outcome != WriteOutcome.Committed)
        {
            pending.Decide(new WriteResult(outcome, before.Revision));
            return;
        }

        if (_events.Count == 0)
        {
            log.Begin();
        }

        // The event is added first, so that a failing insert finds the transaction noted as begun.
        var deleted = write.Kind == WriteKind.Delete;
        var created = write.Kind == WriteKind.Create ? revision : before.CreateRevision;
        _events.Add(new StoreEvent(deleted, new StoreEntry(write.Key, deleted ? default : write.Value, revision, created)));
        log.Insert(write, revision, before);
        pending.Decide(new WriteResult(WriteOutcome.Committed, revision));
    }

    // The connection is thrown away with the transaction: after a failed fsync only the file can say what it holds.
    private void Abandon()
    {
        _index.Undo();
        _events.Clear();
        _log?.Dispose();
        _log = null;
    }

    private LogWriter Open()
    {
        var log = new LogWriter(_path, _options.MaxPages);
        try
        {
            log.LoadInto(_index);
            _revision = log.Newest;
            Volatile.Write(ref _compacted, log.State("compacted"));
            _swept = log.State("swept");
            return log;
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    private LogWriter Reopen()
    {
        var log = new LogWriter(_path, _options.MaxPages);
        try
        {
            // A commit that was reported as failed may be in the file all the same; then the file is right.
            if (log.Newest != _revision)
            {
                log.LoadInto(_index);
                _revision = log.Newest;
                _feed.Reset(_revision);
            }

            Volatile.Write(ref _compacted, log.State("compacted"));
            _swept = log.State("swept");
            return log;
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    private void Compact(CompactionRequest request)
    {
        if (request.Revision > _revision)
        {
            request.Done.SetException(new FutureRevisionException(request.Revision, _revision));
            return;
        }

        try
        {
            if (request.Revision > _compacted)
            {
                _log ??= Reopen();
                // The last compacted revision is looked at again: if it was a deletion, its row had to stay until now.
                var swept = Math.Max(0, Math.Min(_swept, _compacted - 1));
                _log.Begin();
                _log.SetState("compacted", request.Revision);
                _log.SetState("swept", swept);
                _log.Commit();
                _swept = swept;
                Volatile.Write(ref _compacted, request.Revision);
                _sweepFailed = false;
            }

            request.Done.SetResult();
        }
        catch (SqliteFailure failure)
        {
            Abandon();
            request.Done.SetException(new StoreUnavailableException(Describe(failure), failure));
        }
    }

    // Rows are removed a few at a time between groups. What was done is noted in the same transaction, so a crash loses nothing.
    private void Sweep()
    {
        try
        {
            _log ??= Reopen();
            var upTo = Math.Min(_compacted, _swept + SweepRevisions);
            _log.Begin();
            _log.Sweep(_swept, upTo, _compacted);
            _log.SetState("swept", upTo);
            _log.Commit();
            _swept = upTo;
        }
        catch (SqliteFailure)
        {
            // Only space is lost. The next compaction tries again.
            _sweepFailed = true;
            Abandon();
        }
    }

    private void Close()
    {
        _log?.Checkpoint();
        _log?.Dispose();
        _ended.SetResult();
    }

    private static string Describe(SqliteFailure failure) => failure.Code == raw.SQLITE_FULL
        ? $"the store cannot write: the disk is full ({failure.Message})"
        : $"the store cannot write: {failure.Message}";
}
