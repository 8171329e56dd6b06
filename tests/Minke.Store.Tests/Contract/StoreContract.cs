using System.Text;

namespace Minke.Store.Tests.Contract;

/// <summary>
/// What every store does. Each implementation derives from the classes of this folder and gives a fresh store per test.
/// </summary>
public abstract class StoreContract : IAsyncLifetime
{
    private IStore? _store;

    protected IStore Store => _store ?? throw new InvalidOperationException("the store is not open yet");

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _store = await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await CleanAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract ValueTask<IStore> OpenAsync();

    protected abstract ValueTask CleanAsync();

    protected static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    protected static string Text(StoreEntry? entry) => entry is null ? "(none)" : Encoding.UTF8.GetString(entry.Value.Span);

    protected static string Text(StoreEvent change) =>
        $"{change.Entry.Revision}{(change.Deleted ? "-" : "+")}{change.Entry.Key}={Encoding.UTF8.GetString(change.Entry.Value.Span)}";

    protected async Task<long> CreateAsync(string key, string value = "v") => await CommitAsync(StoreWrite.Create(key, Bytes(value)));

    protected async Task<long> UpdateAsync(string key, string value, long expected) => await CommitAsync(StoreWrite.Update(key, Bytes(value), expected));

    protected async Task<long> DeleteAsync(string key, long expected) => await CommitAsync(StoreWrite.Delete(key, expected));

    protected async Task<long> CommitAsync(StoreWrite write)
    {
        var result = await Store.WriteAsync(write, Cancel);
        Assert.Equal(WriteOutcome.Committed, result.Outcome);
        return result.Revision;
    }

    /// <summary>Reads a watch until everything up to a revision was delivered.</summary>
    protected async Task<List<StoreEvent>> WatchUntilAsync(string prefix, long after, long upTo)
    {
        var events = new List<StoreEvent>();
        if (after >= upTo)
        {
            return events;
        }

        await foreach (var batch in Store.WatchAsync(prefix, after, Cancel))
        {
            events.AddRange(batch.Events);
            if (batch.Revision >= upTo)
            {
                return events;
            }
        }

        throw new InvalidOperationException("the watch ended by itself");
    }
}
