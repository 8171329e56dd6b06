using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Minke.ApiServer.Metrics;

/// <summary>One metric with all its label sets. The owner's lock guards it.</summary>
internal sealed class MetricFamily
{
    private static readonly double[] DefaultBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

    private readonly string _type;
    private readonly string _help;
    private readonly bool _adds;
    private readonly double[]? _bounds;
    private readonly Dictionary<string, Series> _series = new(StringComparer.Ordinal);

    private MetricFamily(string type, string help, bool adds, double[]? bounds)
    {
        _type = type;
        _help = help;
        _adds = adds;
        _bounds = bounds;
    }

    public static MetricFamily For(Instrument instrument)
    {
        var help = instrument.Description ?? "";
        return instrument switch
        {
            Histogram<double> histogram => new("histogram", help, adds: true, [.. histogram.Advice?.HistogramBucketBoundaries ?? DefaultBounds]),
            Counter<long> or Counter<int> or Counter<double> => new("counter", help, adds: true, null),
            ObservableCounter<long> or ObservableCounter<double> => new("counter", help, adds: false, null),
            UpDownCounter<long> or UpDownCounter<int> => new("gauge", help, adds: true, null),
            _ => new("gauge", help, adds: false, null),
        };
    }

    /// <summary>Counts a measurement; a new label set beyond the limit is dropped.</summary>
    public void Record(string labels, double value, int maxSeries)
    {
        if (!_series.TryGetValue(labels, out var series))
        {
            if (_series.Count >= maxSeries)
            {
                return;
            }

            series = new Series { Buckets = _bounds is null ? [] : new long[_bounds.Length] };
            _series.Add(labels, series);
        }

        series.Sum = _adds ? series.Sum + value : value;
        series.Count++;
        for (var i = 0; i < series.Buckets.Length; i++)
        {
            series.Buckets[i] += value <= _bounds![i] ? 1 : 0;
        }
    }

    public void Write(string name, StringBuilder text)
    {
        text.Append("# HELP ").Append(name).Append(' ').Append(_help).Append('\n');
        text.Append("# TYPE ").Append(name).Append(' ').Append(_type).Append('\n');
        foreach (var (labels, series) in _series)
        {
            if (_bounds is null)
            {
                Line(text, name, labels, series.Sum);
                continue;
            }

            var before = labels.Length == 0 ? "" : labels + ",";
            for (var i = 0; i < _bounds.Length; i++)
            {
                Line(text, name + "_bucket", $"{before}le=\"{_bounds[i].ToString(CultureInfo.InvariantCulture)}\"", series.Buckets[i]);
            }

            Line(text, name + "_bucket", before + "le=\"+Inf\"", series.Count);
            Line(text, name + "_sum", labels, series.Sum);
            Line(text, name + "_count", labels, series.Count);
        }
    }

    private static void Line(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }

        text.Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
    }

    private sealed class Series
    {
        public required long[] Buckets { get; init; }
        public double Sum { get; set; }
        public long Count { get; set; }
    }
}
