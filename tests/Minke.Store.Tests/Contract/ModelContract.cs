using System.Security.Cryptography;

namespace Minke.Store.Tests.Contract;

/// <summary>Random operations against a store and against a list of whole states, one per revision.</summary>
public abstract class ModelContract : StoreContract
{
    private readonly List<SortedDictionary<string, (string Value, long Revision, long Created)>> _states = [new(StringComparer.Ordinal)];
    private readonly List<string> _events = [];
    private long _compacted;

    private long Newest => _states.Count - 1;

    public static TheoryData<int> Seeds() => [1, 2, 3, RandomNumberGenerator.GetInt32(int.MaxValue)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task RandomOperations_AgreeWithTheModel(int seed)
    {
        var random = new Random(seed);
        for (var step = 0; step < 600; step++)
        {
            var compacts = random.Next(40) == 0;
            await (compacts ? CompactAsync(random) : random.Next(4) switch
            {
                0 => ReadAsync(random),
                1 => ListAsync(random),
                _ => WriteAsync(random),
            });
        }

        await WatchAsync(random);
    }

    private async Task WriteAsync(Random random)
    {
        var key = Key(random);
        var state = _states[^1];
        var exists = state.TryGetValue(key, out var current);
        var expected = random.Next(4) == 0 ? random.NextInt64(Newest + 2) : current.Revision;
        var kind = (WriteKind)random.Next(3);
        var value = $"{random.Next(1000)}";
        var outcome = (kind, exists) switch
        {
            (WriteKind.Create, true) => WriteOutcome.Exists,
            (WriteKind.Create, false) => WriteOutcome.Committed,
            (_, false) => WriteOutcome.Missing,
            _ => expected == current.Revision ? WriteOutcome.Committed : WriteOutcome.Conflict,
        };

        var result = await Store.WriteAsync(new StoreWrite(kind, key, Bytes(value), expected), Cancel);

        Assert.Equal(outcome, result.Outcome);
        Assert.Equal(outcome == WriteOutcome.Committed ? Newest + 1 : current.Revision, result.Revision);
        if (outcome == WriteOutcome.Committed)
        {
            Commit(kind, key, value, result.Revision, exists ? current.Created : result.Revision);
        }
    }

    private void Commit(WriteKind kind, string key, string value, long revision, long created)
    {
        var next = new SortedDictionary<string, (string Value, long Revision, long Created)>(_states[^1], StringComparer.Ordinal);
        if (kind == WriteKind.Delete)
        {
            next.Remove(key);
            _events.Add($"{revision}-{key}=");
        }
        else
        {
            next[key] = (value, revision, created);
            _events.Add($"{revision}+{key}={value}");
        }

        _states.Add(next);
    }

    private async Task ReadAsync(Random random)
    {
        var key = Key(random);
        var revision = Revision(random);
        var entry = await Store.GetAsync(key, revision, Cancel);
        var state = _states[(int)(revision == 0 ? Newest : revision)];
        Assert.Equal(
            state.TryGetValue(key, out var expected) ? expected : default,
            entry is null ? default : (Text(entry), entry.Revision, entry.CreateRevision));
    }

    private async Task ListAsync(Random random)
    {
        var revision = Revision(random);
        var limit = random.Next(6);
        var after = random.Next(2) == 0 ? null : Key(random);
        var prefix = $"/{random.Next(3)}/";

        var page = await Store.ListAsync(new ListQuery(prefix, revision, limit, after), Cancel);

        var at = revision == 0 ? Newest : revision;
        var all = _states[(int)at]
            .Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(pair.Key, after) > 0).ToList();
        var shown = limit == 0 ? all : all.Take(limit).ToList();
        Assert.Equal(
            shown.Select(pair => (pair.Key, pair.Value.Value, pair.Value.Revision, pair.Value.Created)),
            page.Entries.Select(entry => (entry.Key, Text(entry), entry.Revision, entry.CreateRevision)));
        Assert.Equal((at, all.Count > shown.Count, (long)(all.Count - shown.Count)), (page.Revision, page.More, page.Remaining));
    }

    private async Task CompactAsync(Random random)
    {
        var revision = random.NextInt64(Newest + 1);
        await Store.CompactAsync(revision, Cancel);
        _compacted = Math.Max(_compacted, revision);
    }

    private async Task WatchAsync(Random random)
    {
        for (var i = 0; i < 10; i++)
        {
            var after = random.NextInt64(Math.Max(0, _compacted - 1), Newest + 1);
            var events = await WatchUntilAsync("/", after, Newest);
            Assert.Equal(_events.Skip((int)after), events.Select(Text));
        }
    }

    private static string Key(Random random) => $"/{random.Next(3)}/{(char)('a' + random.Next(8))}";

    // Any revision that is not compacted, or 0 for the newest.
    private long Revision(Random random) => random.Next(2) == 0 ? 0 : random.NextInt64(Math.Max(1, _compacted), Math.Max(2, Newest + 1)) is var asked && asked <= Newest ? asked : 0;
}
