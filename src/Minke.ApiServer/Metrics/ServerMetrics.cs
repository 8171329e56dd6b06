using System.Diagnostics.Metrics;

namespace Minke.ApiServer.Metrics;

/// <summary>What the API server counts about its requests; names and labels are those of kube-apiserver.</summary>
public sealed class ServerMetrics : IDisposable
{
    private readonly Meter _meter = new("minke.apiserver");
    private readonly Counter<long> _requests;
    private readonly Histogram<double> _durations;
    private readonly UpDownCounter<long> _inflight;
    private readonly UpDownCounter<long> _longRunning;
    private readonly Counter<long> _dropped;

    public ServerMetrics(TimeProvider time)
    {
        var start = time.GetUtcNow();
        _requests = _meter.CreateCounter<long>("apiserver_request_total", null, "Requests by verb, resource and status code.");
        _durations = _meter.CreateHistogram<double>("apiserver_request_duration_seconds", "s", "Time to answer a request, without long-running ones.");
        _inflight = _meter.CreateUpDownCounter<long>("apiserver_current_inflight_requests", null, "Requests being answered, by kind.");
        _longRunning = _meter.CreateUpDownCounter<long>("apiserver_longrunning_requests", null, "Watches and streams that are open.");
        _dropped = _meter.CreateCounter<long>("apiserver_dropped_requests_total", null, "Requests refused because too many were being answered.");
        _meter.CreateObservableGauge("process_resident_memory_bytes", () => Environment.WorkingSet, "By", "Resident memory.");
        _meter.CreateObservableCounter(
            "process_cpu_seconds_total", () => Environment.CpuUsage.TotalTime.TotalSeconds, "s", "Processor time in user and kernel mode.");
        _meter.CreateObservableGauge("process_start_time_seconds", () => start.ToUnixTimeMilliseconds() / 1000.0, "s", "When the server was started.");
    }

    public void Answered(string verb, string resource, int code, TimeSpan duration, bool longRunning)
    {
        _requests.Add(1, new("verb", verb), new("resource", resource), new("code", code));
        if (!longRunning)
        {
            _durations.Record(duration.TotalSeconds, new("verb", verb), new("resource", resource));
        }
    }

    public void Inflight(int change, bool mutating) => _inflight.Add(change, new KeyValuePair<string, object?>("request_kind", mutating ? "mutating" : "readOnly"));

    public void LongRunning(int change) => _longRunning.Add(change);

    public void Dropped() => _dropped.Add(1);

    public void Dispose() => _meter.Dispose();
}
