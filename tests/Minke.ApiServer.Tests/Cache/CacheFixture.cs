using Microsoft.Extensions.Logging.Abstractions;
using Minke.Api;
using Minke.Api.Core;
using Minke.ApiServer.Cache;
using Minke.Store;
using Minke.Testing.Simulation;
using Minke.Testing.Stores;

namespace Minke.ApiServer.Tests.Cache;

/// <summary>A cache of config maps over a store in memory, on virtual time.</summary>
internal sealed class CacheFixture
{
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    private CacheFixture(SimLoop loop, ResourceCacheOptions options)
    {
        Loop = loop;
        Store = new MemoryStore(loop.Time, new StoreFaults(loop.Random));
        Cache = new ResourceCache(Store, Kinds.Of<ConfigMap>(), loop.Time, NullLogger.Instance, options);
    }

    public SimLoop Loop { get; }

    public MemoryStore Store { get; }

    public ResourceCache Cache { get; }

    /// <summary>Runs a test in a simulation; the cache is started and, at the end, stopped.</summary>
    public static void Run(Func<CacheFixture, Task> test, ResourceCacheOptions? options = null, int seed = 1, bool start = true) =>
        SimLoop.Run(seed, async loop =>
        {
            var fixture = new CacheFixture(loop, options ?? new ResourceCacheOptions());
            if (start)
            {
                fixture.Start();
            }

            await test(fixture);
            await fixture.StopAsync();
        });

    public void Start() => _running = Cache.RunAsync(_stop.Token);

    public async Task StopAsync()
    {
        _stop.Cancel();
        try
        {
            await _running;
        }
        catch (OperationCanceledException)
        {
            Assert.True(_stop.IsCancellationRequested);
        }
    }

    public async Task<long> CreateAsync(string path, string label = "")
    {
        var result = await Store.WriteAsync(StoreWrite.Create($"/configmaps/{path}", Encode(path, label)), default);
        Assert.Equal(WriteOutcome.Committed, result.Outcome);
        return result.Revision;
    }

    public async Task<long> UpdateAsync(string path, string label, long expected)
    {
        var result = await Store.WriteAsync(StoreWrite.Update($"/configmaps/{path}", Encode(path, label), expected), default);
        Assert.Equal(WriteOutcome.Committed, result.Outcome);
        return result.Revision;
    }

    public async Task<long> DeleteAsync(string path, long expected)
    {
        var result = await Store.WriteAsync(StoreWrite.Delete($"/configmaps/{path}", expected), default);
        Assert.Equal(WriteOutcome.Committed, result.Outcome);
        return result.Revision;
    }

    /// <summary>Uses a revision up for another kind.</summary>
    public async Task<long> WriteElsewhereAsync() =>
        (await Store.WriteAsync(StoreWrite.Create($"/secrets/a/{await Store.GetRevisionAsync(default)}", "{}"u8.ToArray()), default)).Revision;

    public async Task<string> ListAsync(CacheListRequest request) => Show(await Cache.ListAsync(request, default));

    /// <summary>The failure of a request, which has to fail.</summary>
    public static async Task<ApiException> FailureOf<T>(ValueTask<T> answer)
    {
        try
        {
            await answer;
        }
        catch (ApiException error)
        {
            return error;
        }

        throw new InvalidOperationException("the request did not fail");
    }

    public static byte[] Encode(string path, string label)
    {
        var item = new ConfigMap();
        item.Metadata.Namespace = path[..path.IndexOf('/')];
        item.Metadata.Name = path[(path.IndexOf('/') + 1)..];
        if (label.Length > 0)
        {
            item.Metadata.Labels["tier"] = label;
        }

        return ApiJson.EncodeForStore(item);
    }

    public static Func<CachedObject, bool> Labelled(string label) =>
        item => item.Object.Metadata.Labels.TryGetValue("tier", out var value) && value == label;

    public static string Show(CachedObject item) => $"{item.Namespace}/{item.Name}@{item.Object.Metadata.ResourceVersion}";

    private static string Show(CacheList list) =>
        $"{list.Revision}: {string.Join(' ', list.Items.Select(Show))}{(list.Continue.Length > 0 ? " ..." : "")}{(list.Remaining is { } more ? more : "")}";
}
