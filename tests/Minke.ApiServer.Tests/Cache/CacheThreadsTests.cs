using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Minke.Api;
using Minke.Api.Core;
using Minke.ApiServer.Cache;
using Minke.Store;
using Minke.Store.Sqlite;

namespace Minke.ApiServer.Tests.Cache;

/// <summary>The cache on real threads over the real store.</summary>
public sealed class CacheThreadsTests : IAsyncLifetime
{
    private const int Writers = 8;
    private const int Writes = 150;
    private const int Last = Writers * Writes;

    private readonly string _directory = Directory.CreateTempSubdirectory("minke-cache-test-").FullName;
    private readonly CancellationTokenSource _stop = new();
    private readonly SqliteStore _store;
    private readonly ResourceCache _cache;
    private readonly Task _running;

    public CacheThreadsTests()
    {
        _store = SqliteStore.Open(new SqliteStoreOptions { Directory = _directory });
        _cache = new ResourceCache(_store, Kinds.Of<ConfigMap>(), TimeProvider.System, NullLogger.Instance);
        _running = _cache.RunAsync(_stop.Token);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _cache.Loaded;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _running);
        await _store.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
        _stop.Dispose();
    }

    [Fact]
    public async Task WatchersThatComeAndGo_SeeEveryRevisionOnceInOrder()
    {
        // A first change, after which every watcher begins.
        await CreateAsync("first/first");
        var steady = Enumerable.Range(0, 50).Select(_ => Task.Run(() => WatchAsync(batchesPerWatch: int.MaxValue), Cancel));
        var restless = Enumerable.Range(0, 20).Select(i => Task.Run(() => WatchAsync(batchesPerWatch: 1 + (i % 3)), Cancel));
        var watchers = steady.Concat(restless).ToArray();

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(writer), Cancel)));

        foreach (var seen in await Task.WhenAll(watchers))
        {
            Assert.Equal(Enumerable.Range(2, Last).Select(i => (long)i), seen);
        }
    }

    [Fact]
    public async Task ListsWhileWriting_HaveWhatWasAcknowledgedBefore()
    {
        var acknowledged = 0;
        var writing = Task.Run(
            async () =>
            {
                for (var i = 0; i < Last; i++)
                {
                    await CreateAsync($"a/{i}");
                    Volatile.Write(ref acknowledged, i + 1);
                }
            },
            Cancel);
        while (!writing.IsCompleted)
        {
            var before = Volatile.Read(ref acknowledged);
            var list = await _cache.ListAsync(new CacheListRequest(), Cancel);
            Assert.True(list.Items.Count >= before, $"{before} were acknowledged, the list has {list.Items.Count}");
            Assert.Equal(list.Revision, list.Items.Count);
        }

        await writing;
    }

    private async Task WriteAsync(int writer)
    {
        for (var i = 0; i < Writes; i++)
        {
            await CreateAsync($"{writer}/{i}");
        }
    }

    private async Task CreateAsync(string path)
    {
        var result = await _store.WriteAsync(StoreWrite.Create($"/configmaps/{path}", CacheFixture.Encode(path, "")), Cancel);
        Assert.Equal(WriteOutcome.Committed, result.Outcome);
    }

    private async Task<List<long>> WatchAsync(int batchesPerWatch)
    {
        var seen = new List<long>();
        while (seen.Count < Last)
        {
            var after = seen.Count == 0 ? 1 : seen[^1];
            var batches = 0;
            await foreach (var batch in _cache.Watch(new CacheWatchRequest { ResourceVersion = after.ToString(CultureInfo.InvariantCulture) }, Cancel))
            {
                seen.AddRange(batch.Select(item => item.Object.Revision));
                if (++batches >= batchesPerWatch || seen.Count >= Last)
                {
                    break;
                }
            }
        }

        return seen;
    }
}
