using Minke.Client.Streams;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Minke.Node.Streaming.Spdy;

namespace Minke.Node.Streaming;

/// <summary>
/// Joins a client's upgrade request with a URL of the runtime's streaming server. SPDY is carried through as bytes; WebSocket sessions are translated
/// to SPDY, which every runtime speaks, while their own WebSocket support ends at older versions.
/// </summary>
internal sealed partial class StreamSession(RuntimeUpgrade runtime, TimeSpan idleLimit, TimeProvider time, ILogger<StreamSession> logger)
{
    private const string TunnelProtocol = "SPDY/3.1+portforward.k8s.io";

    // In the order of preference; the older ones have fewer streams (no terminal size before v3, no Status before v4).
    private static readonly string[] s_spdyRemoteCommandVersions = ["v4.channel.k8s.io", "v3.channel.k8s.io", "v2.channel.k8s.io", "channel.k8s.io"];

    /// <summary>Whether a request can become a session at all; asked before the runtime is made to prepare one.</summary>
    public static bool IsUpgrade(HttpRequest request) => WebSocketHandshake.IsRequested(request) || IsSpdy(request);

    /// <summary>Runs an exec or attach session to its end.</summary>
    /// <exception cref="BadHttpRequestException">The request asks for nothing that is understood.</exception>
    /// <exception cref="RuntimeStreamException">The runtime refuses; nothing was answered yet.</exception>
    public async Task RunRemoteCommandAsync(HttpContext context, string url, RemoteCommandOptions options)
    {
        using var idle = new IdleLimit(idleLimit, time, context.RequestAborted);
        if (!WebSocketHandshake.IsRequested(context.Request))
        {
            await TunnelSpdyAsync(context, url, s_spdyRemoteCommandVersions, idle);
            return;
        }

        var protocol = Choose(ChannelProtocol.RemoteCommand, context);
        await using var upgraded = await runtime.ConnectSpdyAsync(url, [RemoteCommandTranslator.RuntimeProtocol], idle.Token);
        using var client = new ChannelSocket(await WebSocketHandshake.AcceptAsync(context, protocol.Name), protocol);
        var translator = new RemoteCommandTranslator(client, new SpdyConnection(upgraded.Stream, isServer: false), options, idle, time);
        await RunToEndAsync(translator.RunAsync, client);
    }

    /// <summary>Runs a port-forward session to its end.</summary>
    /// <param name="ports">Needed by the channel protocols only: with SPDY each stream names its port.</param>
    /// <inheritdoc cref="RunRemoteCommandAsync"/>
    public async Task RunPortForwardAsync(HttpContext context, string url, IReadOnlyList<ushort> ports)
    {
        using var idle = new IdleLimit(idleLimit, time, context.RequestAborted);
        if (!WebSocketHandshake.IsRequested(context.Request))
        {
            await TunnelSpdyAsync(context, url, [PortForwardTranslator.RuntimeProtocol], idle);
            return;
        }

        if (WebSocketHandshake.OfferedSubprotocols(context.Request).Contains(TunnelProtocol))
        {
            await TunnelSpdyInWebSocketAsync(context, url, idle);
            return;
        }

        var protocol = Choose(ChannelProtocol.PortForward, context);
        if (ports.Count == 0 || ports.Count > PortForwardTranslator.MaxPorts(protocol))
        {
            throw new BadHttpRequestException("the query parameter \"port\" must name the ports to forward, and not too many");
        }

        await using var upgraded = await runtime.ConnectSpdyAsync(url, [PortForwardTranslator.RuntimeProtocol], idle.Token);
        using var client = new ChannelSocket(await WebSocketHandshake.AcceptAsync(context, protocol.Name), protocol);
        var translator = new PortForwardTranslator(client, new SpdyConnection(upgraded.Stream, isServer: false), ports, idle, time);
        await RunToEndAsync(translator.RunAsync, client);
    }

    private static bool IsSpdy(HttpRequest request) =>
        request.Headers.Upgrade.Any(value => string.Equals(value, RuntimeUpgrade.SpdyUpgrade, StringComparison.OrdinalIgnoreCase));

    private static ChannelProtocol Choose(IReadOnlyList<ChannelProtocol> supported, HttpContext context) =>
        ChannelProtocol.Choose(supported, WebSocketHandshake.OfferedSubprotocols(context.Request))
        ?? throw new BadHttpRequestException("none of the offered WebSocket subprotocols is supported");

    private async Task TunnelSpdyAsync(HttpContext context, string url, string[] versions, IdleLimit idle)
    {
        if (!IsSpdy(context.Request) || context.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true } upgrade)
        {
            throw new BadHttpRequestException("you must ask for an upgrade to SPDY/3.1 or WebSocket, over HTTP/1.1");
        }

        var offered = context.Request.Headers.GetCommaSeparatedValues(RuntimeUpgrade.ProtocolVersionHeader);
        var version = versions.FirstOrDefault(v => offered.Contains(v));
        if (version is null && offered.Length > 0)
        {
            throw new BadHttpRequestException($"none of the offered stream protocol versions is supported; supported are {string.Join(", ", versions)}");
        }

        await using var upgraded = await runtime.ConnectSpdyAsync(url, version is null ? [] : [version], idle.Token);
        context.Response.Headers.Upgrade = RuntimeUpgrade.SpdyUpgrade;
        context.Response.Headers.Connection = "Upgrade";
        if (upgraded.Protocol.Length > 0)
        {
            context.Response.Headers[RuntimeUpgrade.ProtocolVersionHeader] = upgraded.Protocol;
        }

        await using var client = await upgrade.UpgradeAsync();
        await ByteTunnel.RunAsync(client, upgraded.Stream, idle, time);
    }

    private async Task TunnelSpdyInWebSocketAsync(HttpContext context, string url, IdleLimit idle)
    {
        await using var upgraded = await runtime.ConnectSpdyAsync(url, [PortForwardTranslator.RuntimeProtocol], idle.Token);
        using var socket = await WebSocketHandshake.AcceptAsync(context, TunnelProtocol);
        await using var client = new WebSocketByteStream(socket);
        await ByteTunnel.RunAsync(
            client, upgraded.Stream, idle, time, () => socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", context.RequestAborted));
    }

    /// <summary>After the upgrade there is no answer to give any more: how a session ends is told inside it, or by its end.</summary>
    private async Task RunToEndAsync(Func<Task> run, ChannelSocket? client)
    {
        try
        {
            await run();
        }
        catch (InvalidDataException malformed)
        {
            LogBroken(malformed.Message);
            await RunToEndAsync(() => CloseInvalidAsync(client, malformed.Message), null);
        }
        catch (Exception ended) when (ended is IOException or OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            LogBroken(ended.Message);
        }
    }

    private static Task CloseInvalidAsync(ChannelSocket? client, string why) =>
        client?.CloseOutputAsync(WebSocketCloseStatus.InvalidPayloadData, why, CancellationToken.None) ?? Task.CompletedTask;

    [LoggerMessage(1, LogLevel.Debug, "A streaming session broke off: {Why}")]
    private partial void LogBroken(string why);
}
