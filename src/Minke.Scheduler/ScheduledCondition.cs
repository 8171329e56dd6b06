using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Minke.Api;
using Minke.Api.Core;
using Minke.Client;

namespace Minke.Scheduler;

/// <summary>Writes why a pod is not scheduled into its condition <c>PodScheduled</c>, where users and autoscalers look.</summary>
public sealed partial class ScheduledCondition
{
    private readonly IObjectClient _client;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly WorkQueue<ObjectKey> _queue;
    private readonly Reconciler<ObjectKey> _writer;
    private readonly ConcurrentDictionary<ObjectKey, NotScheduled> _reports = new();

    public ScheduledCondition(IObjectClient client, TimeProvider time, ILogger<ScheduledCondition> logger)
    {
        _client = client;
        _time = time;
        _logger = logger;
        _queue = new WorkQueue<ObjectKey>(new WorkQueueOptions(), time);
        _writer = new Reconciler<ObjectKey>("pod condition", _queue, WriteAsync, () => _reports.Keys.Order(ObjectKeyComparer.Instance), logger);
    }

    /// <summary>Asks for the condition to be written, unless the pod says so already.</summary>
    public void Report(Pod pod, string reason, string message)
    {
        foreach (var condition in pod.Status.Conditions)
        {
            if (condition.Type == "PodScheduled" && condition.Status == "False" && condition.Reason == reason && condition.Message == message)
            {
                return;
            }
        }

        var key = ObjectKey.Of(pod);
        _reports[key] = new NotScheduled(pod.Metadata.Uid, reason, message);
        _queue.Add(key);
    }

    public Task RunAsync(CancellationToken cancellationToken) => _writer.RunAsync(1, cancellationToken);

    private async Task<Reconciled> WriteAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (!_reports.TryGetValue(key, out var report))
        {
            return Reconciled.Done;
        }

        try
        {
            await _client.PatchAsync<Pod>(key, new PatchBody(PatchType.StrategicMerge, ToPatch(report)), "status", cancellationToken);
        }
        catch (ApiException exception) when (exception.Status.Code is 404 or 409 or 422)
        {
            // The pod is gone, or another of the same name took its place (the patch names the uid).
            LogMoot(_logger, key, exception.Message);
        }

        _reports.TryRemove(KeyValuePair.Create(key, report));
        return Reconciled.Done;
    }

    private ReadOnlyMemory<byte> ToPatch(NotScheduled report)
    {
        var now = _time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("metadata"u8);
            json.WriteString("uid"u8, report.Uid);
            json.WriteEndObject();
            json.WriteStartObject("status"u8);
            json.WriteStartArray("conditions"u8);
            json.WriteStartObject();
            json.WriteString("type"u8, "PodScheduled"u8);
            json.WriteString("status"u8, "False"u8);
            json.WriteString("reason"u8, report.Reason);
            json.WriteString("message"u8, report.Message);
            json.WriteString("lastTransitionTime"u8, now);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    [LoggerMessage(10, LogLevel.Debug, "Scheduler: the condition of {Pod} was not written: {Message}")]
    private static partial void LogMoot(ILogger logger, ObjectKey pod, string message);

    private sealed record NotScheduled(string Uid, string Reason, string Message);
}
