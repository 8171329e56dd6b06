using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Google.Protobuf;
using Microsoft.Extensions.Logging;
using Minke.Node.Runtime.ContainerdEvents;
using Minke.Node.Runtime.Grpc;
using Minke.Node.Runtime.V1;

namespace Minke.Node.Runtime;

/// <summary>
/// The runtime's events from the best source that it has: CRI's own stream, containerd's event service on the same socket (containerd
/// before 1.7 has no CRI stream), or none, in which case a resync is sent at an interval. Reconnects for ever.
/// </summary>
internal sealed partial class RuntimeEventSource(IContainerRuntime runtime, GrpcChannel channel, TimeProvider time, ILogger logger)
{
    private const string ContainerdNamespace = "\"k8s.io\"";
    private const string SubscribeMethod = "/containerd.services.events.v1.Events/Subscribe";
    private const string CriEventsMethod = "/runtime.v1.RuntimeService/GetContainerEvents";

    private static readonly TimeSpan s_retryMin = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_retryMax = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_subscribedAfter = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan s_relistInterval = TimeSpan.FromSeconds(1);

    private enum Source
    {
        Containerd,
        Cri,
        Relist,
    }

    public async IAsyncEnumerable<RuntimeEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var buffer = new LossyBuffer();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pump = PumpAsync(buffer, stop.Token);
        try
        {
            await foreach (var item in buffer.Reader.ReadAllAsync(cancellationToken))
            {
                yield return item;
                if (buffer.TakeOverflow())
                {
                    yield return RuntimeEvent.Resync;
                }
            }
        }
        finally
        {
            await stop.CancelAsync();
            await pump;
        }
    }

    private async Task PumpAsync(LossyBuffer buffer, CancellationToken cancellationToken)
    {
        var retry = s_retryMin;
        Source? source = null;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                source ??= await ChooseAsync(cancellationToken);
                retry = s_retryMin;
                await RunAsync(source.Value, buffer, cancellationToken);
            }
            catch (GrpcException e) when (e.Code == GrpcStatusCode.Unimplemented)
            {
                LogFallback(logger, source.ToString()!);
                source = Source.Relist;
                continue;
            }
            catch (Exception e) when (e is GrpcException or RuntimeException or HttpRequestException or IOException)
            {
                LogStreamEnded(logger, e.Message);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                break;
            }

            await Task.Delay(retry, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            retry = retry * 2 < s_retryMax ? retry * 2 : s_retryMax;
        }

        buffer.Complete();
    }

    private async Task<Source> ChooseAsync(CancellationToken cancellationToken)
    {
        var version = await runtime.VersionAsync(cancellationToken);
        return version.RuntimeName == "containerd" ? Source.Containerd : Source.Cri;
    }

    private Task RunAsync(Source source, LossyBuffer buffer, CancellationToken cancellationToken) => source switch
    {
        Source.Containerd => ContainerdAsync(buffer, cancellationToken),
        Source.Cri => CriAsync(buffer, cancellationToken),
        _ => RelistAsync(buffer, cancellationToken),
    };

    /// <summary>
    /// A Go server answers a streaming call with nothing, not even headers, before its first message: that the subscription stands cannot be
    /// seen. So there is one resync now and one when it surely stands.
    /// </summary>
    private ITimer StartResyncs(LossyBuffer buffer)
    {
        buffer.Add(RuntimeEvent.Resync);
        return time.CreateTimer(static state => ((LossyBuffer)state!).Add(RuntimeEvent.Resync), buffer, s_subscribedAfter, Timeout.InfiniteTimeSpan);
    }

    private async Task ContainerdAsync(LossyBuffer buffer, CancellationToken cancellationToken)
    {
        var request = new SubscribeRequest();
        foreach (var topic in (ReadOnlySpan<string>)["/tasks/exit", "/tasks/oom", "/tasks/start", "/containers/delete"])
        {
            request.Filters.Add($"namespace=={ContainerdNamespace},topic==\"{topic}\"");
        }

        await using var resyncs = StartResyncs(buffer);
        await foreach (var envelope in channel.StreamAsync(SubscribeMethod, request, Envelope.Parser, cancellationToken))
        {
            if (Translate(envelope) is { } item)
            {
                buffer.Add(item);
            }
        }
    }

    /// <summary>Null for events that say nothing about a container's own process, such as an exec's end.</summary>
    internal static RuntimeEvent? Translate(Envelope envelope)
    {
        var payload = envelope.Event?.Value ?? ByteString.Empty;
        switch (envelope.Topic)
        {
            case "/tasks/exit":
                var exit = TaskExit.Parser.ParseFrom(payload);
                return exit.Id.Length == 0 || exit.Id == exit.ContainerId ? new RuntimeEvent(RuntimeEventKind.ContainerExited, exit.ContainerId) : null;
            case "/tasks/oom":
                return new RuntimeEvent(RuntimeEventKind.ContainerOutOfMemory, TaskOOM.Parser.ParseFrom(payload).ContainerId);
            case "/tasks/start":
                return new RuntimeEvent(RuntimeEventKind.ContainerStarted, TaskStart.Parser.ParseFrom(payload).ContainerId);
            case "/containers/delete":
                return new RuntimeEvent(RuntimeEventKind.ContainerDeleted, ContainerDelete.Parser.ParseFrom(payload).Id);
            default:
                return null;
        }
    }

    private async Task CriAsync(LossyBuffer buffer, CancellationToken cancellationToken)
    {
        await using var resyncs = StartResyncs(buffer);
        await foreach (var item in channel.StreamAsync(CriEventsMethod, new GetEventsRequest(), ContainerEventResponse.Parser, cancellationToken))
        {
            buffer.Add(new RuntimeEvent(KindOf(item.ContainerEventType), item.ContainerId));
        }
    }

    private static RuntimeEventKind KindOf(ContainerEventType type) => type switch
    {
        ContainerEventType.ContainerStoppedEvent => RuntimeEventKind.ContainerExited,
        ContainerEventType.ContainerDeletedEvent => RuntimeEventKind.ContainerDeleted,
        _ => RuntimeEventKind.ContainerStarted,
    };

    private async Task RelistAsync(LossyBuffer buffer, CancellationToken cancellationToken)
    {
        while (true)
        {
            buffer.Add(RuntimeEvent.Resync);
            await Task.Delay(s_relistInterval, time, cancellationToken);
        }
    }

    /// <summary>Holds what the reader has not taken yet; what does not fit is dropped and made good by one resync.</summary>
    private sealed class LossyBuffer
    {
        private readonly Channel<RuntimeEvent> _events =
            Channel.CreateBounded<RuntimeEvent>(new BoundedChannelOptions(1024) { SingleReader = true });

        private int _overflowed; // 0 or 1, exchanged between writer and reader

        public ChannelReader<RuntimeEvent> Reader => _events.Reader;

        public void Add(RuntimeEvent item)
        {
            if (!_events.Writer.TryWrite(item))
            {
                Interlocked.Exchange(ref _overflowed, 1);
            }
        }

        public bool TakeOverflow() => Interlocked.Exchange(ref _overflowed, 0) != 0;

        public void Complete() => _events.Writer.TryComplete();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The runtime has no event stream of kind {Source}; it is listed once a second instead")]
    private static partial void LogFallback(ILogger logger, string source);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The runtime's event stream ended and is opened again: {Reason}")]
    private static partial void LogStreamEnded(ILogger logger, string reason);
}
