using Minke.Api;
using Minke.ApiServer.Cache;
using Minke.Client;

namespace Minke.ApiServer.Tests.Cache;

/// <summary>Reads one watch and writes down what it was told.</summary>
internal sealed class Watcher
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<Task>? _pause;

    /// <param name="pause">Awaited after each batch, to be slow.</param>
    public Watcher(ResourceCache cache, CacheWatchRequest request, Func<Task>? pause = null)
    {
        _pause = pause;
        Ended = ReadAsync(cache.Watch(request, _stop.Token));
    }

    public List<string> Events { get; } = [];

    public List<CacheEvent> Raw { get; } = [];

    public ApiException? Failure { get; private set; }

    /// <summary>Completes when the watch is over, however that came.</summary>
    public Task Ended { get; }

    public string Text => string.Join(' ', Events);

    public async Task StopAsync()
    {
        _stop.Cancel();
        await Ended;
    }

    private async Task ReadAsync(CacheWatch watch)
    {
        try
        {
            await foreach (var batch in watch)
            {
                Assert.NotEmpty(batch);
                foreach (var item in batch)
                {
                    Raw.Add(item);
                    Events.Add(Show(item));
                }

                if (_pause is not null)
                {
                    await _pause();
                }
            }
        }
        catch (ApiException error)
        {
            Failure = error;
        }
        catch (OperationCanceledException)
        {
            Assert.True(_stop.IsCancellationRequested);
        }
    }

    private static string Show(CacheEvent item)
    {
        var revision = item.Object.Object.Metadata.ResourceVersion;
        Assert.Equal(item.Object.Revision.ToString(), revision);
        return item.Type switch
        {
            WatchEventType.Added => $"+{item.Object.Namespace}/{item.Object.Name}@{revision}",
            WatchEventType.Modified => $"~{item.Object.Namespace}/{item.Object.Name}@{revision}",
            WatchEventType.Deleted => $"-{item.Object.Namespace}/{item.Object.Name}@{revision}",
            _ => item.Object.Object.Metadata.Annotations.ContainsKey("k8s.io/initial-events-end") ? $"*end@{revision}" : $"*@{revision}",
        };
    }
}
