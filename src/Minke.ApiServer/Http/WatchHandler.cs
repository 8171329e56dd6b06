using Microsoft.AspNetCore.Http;
using Minke.Api;
using Minke.ApiServer.Cache;
using Minke.ApiServer.Resources;

namespace Minke.ApiServer.Http;

/// <summary>
/// Answers watches: one event after the other on a response that stays open until the client leaves, its time is over or the server
/// stops.
/// </summary>
internal sealed class WatchHandler(TimeProvider time, Ids ids)
{
    private const int MinSecondsByDefault = 1800;

    public async Task HandleAsync(ApiRequest request)
    {
        var query = request.Query;
        var selection = Selection.Parse(request.View, request.Namespace, query.LabelSelector, query.FieldSelector);
        var encoder = WatchEncoder.For(request, time);
        using var timeout = new CancellationTokenSource(Lifetime(query.TimeoutSeconds), time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(request.Aborted, timeout.Token);
        var batches = request.View.Storage.Cache.Watch(RequestOf(query, selection, request.Name), end.Token);
        await using var events = batches.GetAsyncEnumerator(end.Token);

        // The first step fails before the head is sent, so that the failure becomes the answer's status.
        var first = events.MoveNextAsync();
        var isFailed = first.IsCompleted && !first.IsCompletedSuccessfully;
        if (!isFailed)
        {
            await StartAsync(request.Http, encoder);
        }

        await CopyAsync(request, events, first, encoder, end.Token);
    }

    private static CacheWatchRequest RequestOf(RequestQuery query, Selection selection, string name) => new()
    {
        Namespace = selection.Namespace,
        Name = name.Length > 0 ? name : selection.Name,
        ResourceVersion = query.ResourceVersion,
        SendInitialEvents = query.SendInitialEvents,
        AllowBookmarks = query.AllowWatchBookmarks,
        Predicate = selection.Predicate,
    };

    // Spread, so that clients which came together do not all come back together.
    private TimeSpan Lifetime(long? asked) => asked is > 0
        ? TimeSpan.FromSeconds(Math.Min(asked.Value, int.MaxValue / 1000))
        : TimeSpan.FromSeconds(MinSecondsByDefault * (1 + ids.NextDouble()));

    private static async Task StartAsync(HttpContext http, WatchEncoder encoder)
    {
        http.Response.StatusCode = StatusCodes.Status200OK;
        http.Response.ContentType = encoder.ContentType;
        http.Response.Headers.CacheControl = "no-cache, private";
        await http.Response.StartAsync(http.RequestAborted);
        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
    }

    private static async Task CopyAsync(
        ApiRequest request,
        IAsyncEnumerator<IReadOnlyList<CacheEvent>> events,
        ValueTask<bool> first,
        WatchEncoder encoder,
        CancellationToken end)
    {
        var body = request.Http.Response.BodyWriter;
        try
        {
            for (var more = await first; more; more = await events.MoveNextAsync())
            {
                foreach (var item in events.Current)
                {
                    encoder.Write(body, item);
                }

                if ((await body.FlushAsync(end)).IsCompleted)
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // A watch that is over ends like any other answer; the client comes back with its last version.
        }
        catch (ApiException e) when (request.Http.Response.HasStarted)
        {
            encoder.WriteError(body, e.Status);
            await body.FlushAsync(CancellationToken.None);
        }
    }
}
