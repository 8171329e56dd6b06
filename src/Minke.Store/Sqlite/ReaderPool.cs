using System.Collections.Concurrent;

namespace Minke.Store.Sqlite;

/// <summary>A few read-only connections. A read runs on its caller's thread, because SQLite has no asynchronous calls and reads are short.</summary>
internal sealed class ReaderPool(string path, int size)
{
    private readonly SemaphoreSlim _free = new(size, size);
    private readonly ConcurrentStack<LogReader> _idle = new();
    private volatile bool _closed;

    /// <exception cref="StoreUnavailableException">The disk failed, or the store is closed.</exception>
    public async ValueTask<T> ReadAsync<TArgument, T>(TArgument argument, Func<LogReader, TArgument, T> read, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        LogReader? reader = null;
        try
        {
            if (_closed)
            {
                throw new StoreUnavailableException("the store is closed");
            }

            reader = _idle.TryPop(out var idle) ? idle : new LogReader(path);
            var answer = read(reader, argument);
            _idle.Push(reader);
            reader = null;
            return answer;
        }
        catch (SqliteFailure failure)
        {
            // The connection is not trusted after a failure of the disk; the next read opens another.
            reader?.Dispose();
            reader = null;
            throw new StoreUnavailableException($"the store cannot be read: {failure.Message}", failure);
        }
        finally
        {
            if (reader is not null)
            {
                _idle.Push(reader);
            }

            _free.Release();
        }
    }

    /// <summary>Waits for running reads and closes the connections.</summary>
    public async ValueTask CloseAsync()
    {
        _closed = true;
        for (var i = 0; i < size; i++)
        {
            await _free.WaitAsync();
        }

        _free.Release(size);
        while (_idle.TryPop(out var reader))
        {
            reader.Dispose();
        }
    }
}
