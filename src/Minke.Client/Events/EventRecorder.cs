using System.Buffers;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Minke.Api;
using Minke.Api.Core;

namespace Minke.Client;

/// <summary>
/// Records what a component has to say about objects, as <c>Event</c>s. Recording never blocks and never fails: occurrences wait in a bounded queue, and
/// what does not fit, or what the server does not take, is dropped.
/// </summary>
public sealed partial class EventRecorder
{
    private const int WaitingMax = 1000;
    private const int MessageMax = 1024;
    private const int AttemptsMax = 4;

    private static readonly Backoff s_retry = new(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(10));

    private readonly IObjectClient _client;
    private readonly string _component;
    private readonly string _host;
    private readonly TimeProvider _time;
    private readonly Ids _ids;
    private readonly ILogger _logger;
    private readonly EventCorrelator _correlator;
    private readonly Channel<Occurrence> _waiting =
        Channel.CreateBounded<Occurrence>(new BoundedChannelOptions(WaitingMax) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private long _dropped;

    /// <param name="component">Who speaks, for example <c>default-scheduler</c>.</param>
    /// <param name="host">The node it speaks from; empty for a component of the control plane.</param>
    public EventRecorder(IObjectClient client, string component, string host, TimeProvider time, Ids ids, ILogger logger)
    {
        _client = client;
        _component = component;
        _host = host;
        _time = time;
        _ids = ids;
        _logger = logger;
        _correlator = new EventCorrelator(time);
    }

    /// <summary>How many occurrences were dropped because the queue was full.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public void Normal(ApiObject target, string reason, string message) => Record(References.To(target), "Normal", reason, message);

    public void Warning(ApiObject target, string reason, string message) => Record(References.To(target), "Warning", reason, message);

    /// <param name="type"><c>Normal</c> or <c>Warning</c>.</param>
    public void Record(ObjectReference target, string type, string reason, string message)
    {
        var shortened = message.Length > MessageMax ? message[..MessageMax] : message;
        if (!_waiting.Writer.TryWrite(new Occurrence(target, type, reason, shortened)))
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    /// <summary>Writes what was recorded until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await _waiting.Reader.WaitToReadAsync(cancellationToken))
            {
                while (_waiting.Reader.TryRead(out var occurrence))
                {
                    if (_correlator.Correlate(occurrence) is { } correlated)
                    {
                        await WriteAsync(occurrence, correlated, cancellationToken);
                    }
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            LogStopped(_logger, _component);
        }
    }

    private async Task WriteAsync(Occurrence occurrence, CorrelatedEvent correlated, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await WriteOnceAsync(occurrence, correlated, cancellationToken);
                return;
            }
            catch (ApiException exception) when (exception.Status.Code is >= 400 and < 500 and not 429)
            {
                // The namespace is going away, or the object's name is no name for an event: asking again would not help.
                LogRefused(_logger, occurrence.Reason, occurrence.Target.Name, exception.Message);
                return;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                if (attempt == AttemptsMax)
                {
                    LogLost(_logger, exception, occurrence.Reason, occurrence.Target.Name);
                    return;
                }

                await Task.Delay(s_retry.Jittered(attempt, 0.5, _ids.NextDouble()), _time, cancellationToken);
            }
        }
    }

    private async Task WriteOnceAsync(Occurrence occurrence, CorrelatedEvent correlated, CancellationToken cancellationToken)
    {
        var key = new ObjectKey(NamespaceOf(occurrence.Target), correlated.Name);
        if (!correlated.IsNew)
        {
            try
            {
                await _client.PatchAsync<Event>(key, new PatchBody(PatchType.Merge, CountPatch(correlated)), null, cancellationToken);
                return;
            }
            catch (ApiException exception) when (exception.Status.Code == 404)
            {
                // It expired; the count goes on in a new one of the same name.
                LogExpired(_logger, correlated.Name);
            }
        }

        await _client.CreateAsync(NewEvent(key, occurrence, correlated), cancellationToken);
    }

    private Event NewEvent(ObjectKey key, Occurrence occurrence, CorrelatedEvent correlated)
    {
        var result = new Event
        {
            InvolvedObject = occurrence.Target,
            Reason = occurrence.Reason,
            Message = correlated.Message,
            Type = occurrence.Type,
            Count = correlated.Count,
            FirstTimestamp = correlated.First,
            LastTimestamp = correlated.Last,
            ReportingComponent = _component,
            ReportingInstance = _host,
        };
        result.Metadata.Namespace = key.Namespace;
        result.Metadata.Name = key.Name;
        result.Source.Component = _component;
        result.Source.Host = _host;
        return result;
    }

    private static ReadOnlyMemory<byte> CountPatch(CorrelatedEvent correlated)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("count"u8, correlated.Count);
            json.WriteString("message"u8, correlated.Message);
            json.WriteString("lastTimestamp"u8, correlated.Last.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>Events about cluster-wide objects live in the namespace <c>default</c>.</summary>
    private static string NamespaceOf(ObjectReference target) => target.Namespace.Length == 0 ? "default" : target.Namespace;

    [LoggerMessage(1, LogLevel.Debug, "Events of {Component}: stopped")]
    private static partial void LogStopped(ILogger logger, string component);

    [LoggerMessage(2, LogLevel.Debug, "Event {Reason} about {Target} was refused: {Message}")]
    private static partial void LogRefused(ILogger logger, string reason, string target, string message);

    [LoggerMessage(3, LogLevel.Warning, "Event {Reason} about {Target} was lost")]
    private static partial void LogLost(ILogger logger, Exception exception, string reason, string target);

    [LoggerMessage(4, LogLevel.Debug, "Event {Name} had expired")]
    private static partial void LogExpired(ILogger logger, string name);
}
