using Minke.Api.Core;

namespace Minke.Client;

/// <summary>What happened: the input of an event.</summary>
public sealed record Occurrence(ObjectReference Target, string Type, string Reason, string Message);

/// <summary>How an occurrence is to be written: as a new event, or as one more of a known one.</summary>
/// <param name="IsNew">Create it; else raise the count of the event <paramref name="Name"/>.</param>
public sealed record CorrelatedEvent(bool IsNew, string Name, string Message, int Count, DateTimeOffset First, DateTimeOffset Last);

/// <summary>
/// Keeps events few: an occurrence that repeats raises a count; many similar ones (same target and reason, different messages) become one combined event;
/// a target that talks too much is silenced. Rules and figures are those of client-go's event correlator. Not thread-safe.
/// </summary>
public sealed class EventCorrelator(TimeProvider time)
{
    private const int RememberedMax = 4096;
    private const int SimilarMax = 10;
    private const int BurstMax = 25;

    private static readonly TimeSpan s_similarWithin = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_refillEvery = TimeSpan.FromMinutes(5);

    private readonly RecentMap<string, Known> _known = new(RememberedMax);
    private readonly RecentMap<string, Similar> _similar = new(RememberedMax);
    private readonly RecentMap<string, Bucket> _buckets = new(RememberedMax);
    private long _lastStamp;

    /// <summary>Null when the occurrence is to be dropped.</summary>
    public CorrelatedEvent? Correlate(Occurrence occurrence)
    {
        var now = time.GetUtcNow();
        var target = Key(occurrence.Target);
        if (!TakeToken(target, now))
        {
            return null;
        }

        var message = Combine(occurrence, target, now, out var key);
        if (_known.Get(key) is { } known)
        {
            known.Count++;
            known.Last = now;
            return new CorrelatedEvent(false, known.Name, message, known.Count, known.First, now);
        }

        known = new Known(NewName(occurrence.Target.Name, now), now) { Count = 1, Last = now };
        _known.Set(key, known);
        return new CorrelatedEvent(true, known.Name, message, 1, now, now);
    }

    private string Combine(Occurrence occurrence, string target, DateTimeOffset now, out string key)
    {
        var group = $"{target}\n{occurrence.Type}\n{occurrence.Reason}";
        var similar = _similar.Get(group);
        if (similar is null || now - similar.Last > s_similarWithin)
        {
            similar = new Similar();
            _similar.Set(group, similar);
        }

        similar.Last = now;
        if (similar.Messages.Count < SimilarMax)
        {
            similar.Messages.Add(occurrence.Message);
        }

        if (similar.Messages.Count < SimilarMax)
        {
            key = $"{group}\n{occurrence.Message}";
            return occurrence.Message;
        }

        key = group;
        return "(combined from similar events): " + occurrence.Message;
    }

    private bool TakeToken(string target, DateTimeOffset now)
    {
        var bucket = _buckets.Get(target);
        if (bucket is null)
        {
            bucket = new Bucket { Tokens = BurstMax, Since = now };
            _buckets.Set(target, bucket);
        }

        var refill = (now - bucket.Since) / s_refillEvery;
        bucket.Tokens = Math.Min(BurstMax, bucket.Tokens + refill);
        bucket.Since = now;
        if (bucket.Tokens < 1)
        {
            return false;
        }

        bucket.Tokens--;
        return true;
    }

    /// <summary>The target's name and the time in nanoseconds; a counter keeps two events of one moment apart.</summary>
    private string NewName(string target, DateTimeOffset now)
    {
        _lastStamp = Math.Max(_lastStamp + 1, (now - DateTimeOffset.UnixEpoch).Ticks * 100);
        var suffix = _lastStamp.ToString("x", System.Globalization.CultureInfo.InvariantCulture);
        var room = 253 - suffix.Length - 1;
        return $"{(target.Length > room ? target[..room] : target)}.{suffix}";
    }

    private static string Key(ObjectReference target) =>
        $"{target.Kind}\n{target.Namespace}\n{target.Name}\n{target.Uid}\n{target.ApiVersion}\n{target.FieldPath}";

    private sealed class Known(string name, DateTimeOffset first)
    {
        public string Name { get; } = name;
        public DateTimeOffset First { get; } = first;
        public DateTimeOffset Last { get; set; }
        public int Count { get; set; }
    }

    private sealed class Similar
    {
        public HashSet<string> Messages { get; } = new(StringComparer.Ordinal);
        public DateTimeOffset Last { get; set; }
    }

    private sealed class Bucket
    {
        public double Tokens { get; set; }
        public DateTimeOffset Since { get; set; }
    }
}
