using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Minke.Node.Streaming;
using Minke.Node.Streaming.Spdy;

namespace Minke.Node.Tests.Streaming;

/// <summary>
/// One HTTP server that plays two parts: under /runtime a container runtime's SPDY streaming server, whose sessions a test scripts, and under /exec and
/// /portForward a <see cref="StreamSession"/> that joins clients with it.
/// </summary>
internal sealed class FakeStreamingServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly RuntimeUpgrade _upgrade = new();

    private FakeStreamingServer(WebApplication app) => _app = app;

    public string Address => _app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();

    /// <summary>Completes with what the last script ended with.</summary>
    public TaskCompletionSource ScriptEnded { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="script">Plays the runtime; gets the streams that the client opened by their type.</param>
    /// <param name="streams">How many streams the script waits for.</param>
    public static async Task<FakeStreamingServer> StartAsync(
        RemoteCommandOptions options, int streams, Func<Dictionary<string, SpdyStream>, Task> script, TimeSpan? idleLimit = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new FakeStreamingServer(app);
        var session = new StreamSession(server._upgrade, idleLimit ?? TimeSpan.FromHours(1), TimeProvider.System, NullLogger<StreamSession>.Instance);
        app.Run(context => context.Request.Path.Value switch
        {
            "/runtime" => server.PlayAsync(context, streams, script),
            "/exec" => AnswerAsync(context, () => session.RunRemoteCommandAsync(context, $"{server.Address}/runtime", options)),
            "/portForward" => AnswerAsync(context, () => session.RunPortForwardAsync(context, $"{server.Address}/runtime", [80, 443])),
            "/refused" => AnswerAsync(context, () => session.RunRemoteCommandAsync(context, $"{server.Address}/nowhere", options)),
            _ => AnswerAsync(context, () => throw new BadHttpRequestException("no such session")),
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _upgrade.Dispose();
    }

    private static async Task AnswerAsync(HttpContext context, Func<Task> run)
    {
        try
        {
            await run();
        }
        catch (BadHttpRequestException refused)
        {
            context.Response.StatusCode = refused.StatusCode;
            await context.Response.WriteAsync(refused.Message, context.RequestAborted);
        }
        catch (RuntimeStreamException refused)
        {
            context.Response.StatusCode = (int)refused.Status;
            await context.Response.WriteAsync(refused.Message, context.RequestAborted);
        }
    }

    private async Task PlayAsync(HttpContext context, int streams, Func<Dictionary<string, SpdyStream>, Task> script)
    {
        context.Response.Headers.Upgrade = "SPDY/3.1";
        context.Response.Headers.Connection = "Upgrade";
        context.Response.Headers["X-Stream-Protocol-Version"] = context.Request.Headers["X-Stream-Protocol-Version"];
        var transport = await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
        await using var connection = new SpdyConnection(transport, isServer: true);
        var run = connection.RunAsync(context.RequestAborted);
        var opened = new Dictionary<string, SpdyStream>();
        while (opened.Count < streams && await connection.AcceptStreamAsync(context.RequestAborted) is { } stream)
        {
            opened[stream.Headers["streamtype"] + stream.Headers.GetValueOrDefault("port")] = stream;
        }

        try
        {
            await script(opened);
            ScriptEnded.TrySetResult();
        }
        catch (Exception failure)
        {
            ScriptEnded.TrySetException(failure);
        }

        await connection.DisposeAsync();
        await run.ContinueWith(static ended => _ = ended.Exception, TaskScheduler.Default);
    }
}
