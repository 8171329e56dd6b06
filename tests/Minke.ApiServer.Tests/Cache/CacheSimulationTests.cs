using System.Globalization;
using Minke.Api;
using Minke.ApiServer.Cache;
using Minke.Client;
using Minke.Store;
using Minke.Testing.Simulation;

namespace Minke.ApiServer.Tests.Cache;

/// <summary>Random writes, readers and faults; every reader's picture has to converge to what is stored, without ever going back.</summary>
public sealed class CacheSimulationTests
{
    private static readonly string[] Labels = ["", "web", "db"];

    public static TheoryData<int> Seeds() => [.. SimSeeds.Choose([.. Enumerable.Range(1, 20), 1493889411], fresh: 5)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void ClientsUnderFaults_ConvergeToTheStore(int seed) => CacheFixture.Run(
        async fixture =>
        {
            var random = fixture.Loop.Random;
            SetFaults(fixture, random);
            using var stop = new CancellationTokenSource();
            var clients = Enumerable.Range(0, 8).Select(i => new Client(fixture, i, stop.Token)).ToList();
            for (var i = 0; i < 150; i++)
            {
                await DisturbAsync(fixture, random);
                await WriteAsync(fixture, random);
            }

            HealFaults(fixture);
            var last = (await fixture.Store.WriteAsync(StoreWrite.Create("/secrets/last", default), default)).Revision;
            var stored = await fixture.Cache.ListAsync(new CacheListRequest { ResourceVersion = $"{last}" }, default);
            await fixture.Loop.UntilAsync(
                () => clients.All(client => client.Agrees(stored)) || clients.Any(client => client.Ended.IsFaulted),
                () => string.Join("; ", clients.Where(client => !client.Agrees(stored)).Select(client => client.Describe(stored))),
                TimeSpan.FromMinutes(5));
            stop.Cancel();
            await Task.WhenAll(clients.Select(client => client.Ended));
        },
        new ResourceCacheOptions { RecentChanges = 2 + (seed % 12), ReplayRevisions = 10 },
        seed);

    private static void SetFaults(CacheFixture fixture, Random random)
    {
        fixture.Store.Faults.DroppedWatchRate = random.NextDouble() * 0.1;
        fixture.Store.Faults.FailedReadRate = random.NextDouble() * 0.1;
        fixture.Store.Faults.LostAnswerRate = random.NextDouble() * 0.1;
        fixture.Store.Faults.LostWriteRate = random.NextDouble() * 0.1;
        fixture.Store.Faults.MaxDelay = TimeSpan.FromMilliseconds(random.Next(3) * 40);
    }

    private static void HealFaults(CacheFixture fixture)
    {
        var faults = fixture.Store.Faults;
        (faults.DroppedWatchRate, faults.FailedReadRate, faults.LostAnswerRate, faults.LostWriteRate) = (0, 0, 0, 0);
    }

    private static async Task DisturbAsync(CacheFixture fixture, Random random)
    {
        try
        {
            switch (random.Next(25))
            {
                case 0:
                    fixture.Store.DropWatches();
                    break;
                case 1:
                    await fixture.Store.CompactAsync(await fixture.Store.GetRevisionAsync(default), default);
                    break;
                case 2:
                    await Task.Delay(TimeSpan.FromSeconds(random.Next(5)), fixture.Loop.Time);
                    break;
            }
        }
        catch (StoreUnavailableException)
        {
            Assert.True(fixture.Store.Faults.FailedReadRate > 0);
        }
    }

    private static async Task WriteAsync(CacheFixture fixture, Random random)
    {
        var path = $"{(char)('a' + random.Next(2))}/{random.Next(12)}";
        try
        {
            var entry = await fixture.Store.GetAsync($"/configmaps/{path}", 0, default);
            var value = CacheFixture.Encode(path, Labels[random.Next(Labels.Length)]);
            var write = entry is null ? StoreWrite.Create($"/configmaps/{path}", value)
                : random.Next(3) == 0 ? StoreWrite.Delete(entry.Key, entry.Revision)
                : StoreWrite.Update(entry.Key, value, entry.Revision);
            await fixture.Store.WriteAsync(write, default);
        }
        catch (StoreUnavailableException)
        {
            // Lost, or done without an answer: the readers have to find out which.
            Assert.True(fixture.Store.Faults.LostWriteRate + fixture.Store.Faults.LostAnswerRate + fixture.Store.Faults.FailedReadRate > 0);
        }
    }

    /// <summary>A well-behaved client: lists, watches from there, resumes where it was, and lists again when it is told that it is too old.</summary>
    private sealed class Client
    {
        private readonly CacheFixture _fixture;
        private readonly CacheWatchRequest _filter;
        private readonly bool _watchList;
        private readonly bool _slow;
        private readonly CancellationToken _stop;
        private readonly Dictionary<string, long> _seen = [];
        private long _revision; // 0: list first

        public Client(CacheFixture fixture, int number, CancellationToken stop)
        {
            (_fixture, _stop) = (fixture, stop);
            _filter = new CacheWatchRequest
            {
                Namespace = number % 3 == 0 ? "a" : "",
                Predicate = number % 2 == 0 ? CacheFixture.Labelled("web") : null,
                AllowBookmarks = true,
            };
            _watchList = number >= 4;
            _slow = number % 4 == 1;
            Ended = RunAsync();
        }

        public Task Ended { get; }

        public bool Agrees(CacheList stored) => _seen.Count == Wanted(stored).Count() && Wanted(stored).All(item => _seen.GetValueOrDefault(item.Key) == item.Revision);

        public string Describe(CacheList stored) =>
            $"at {_revision} has [{string.Join(' ', _seen.Select(pair => $"{pair.Key}@{pair.Value}"))}], "
            + $"stored is [{string.Join(' ', Wanted(stored).Select(item => $"{item.Key}@{item.Revision}"))}]";

        private IEnumerable<CachedObject> Wanted(CacheList stored) =>
            stored.Items.Where(item => (_filter.Namespace.Length == 0 || item.Namespace == _filter.Namespace) && _filter.Predicate?.Invoke(item) != false);

        private async Task RunAsync()
        {
            while (!_stop.IsCancellationRequested)
            {
                try
                {
                    if (_revision == 0 && !_watchList)
                    {
                        await ListAsync();
                    }

                    await WatchAsync();
                }
                catch (ApiException error)
                {
                    Assert.Contains(error.Code, (int[])[410, 503, 504]);
                    _revision = error.Code == 410 ? 0 : _revision;
                    await Task.Delay(TimeSpan.FromMilliseconds(50), _fixture.Loop.Time);
                }
                catch (OperationCanceledException)
                {
                    Assert.True(_stop.IsCancellationRequested);
                }
            }
        }

        private async Task ListAsync()
        {
            var request = new CacheListRequest { Namespace = _filter.Namespace, Predicate = _filter.Predicate, Limit = 3 };
            var items = new List<CachedObject>();
            CacheList page;
            do
            {
                page = await _fixture.Cache.ListAsync(request, _stop);
                Assert.True(items.Count == 0 || page.Revision == _revision, "pages of one list have one revision");
                _revision = page.Revision;
                items.AddRange(page.Items);
                request = request with { Continue = page.Continue };
            }
            while (page.Continue.Length > 0);
            _seen.Clear();
            items.ForEach(item => _seen.Add(item.Key, item.Revision));
        }

        private async Task WatchAsync()
        {
            var begins = _revision == 0;
            if (begins)
            {
                _seen.Clear();
            }

            var request = _filter with { ResourceVersion = begins ? "" : _revision.ToString(CultureInfo.InvariantCulture), SendInitialEvents = begins };
            await foreach (var batch in _fixture.Cache.Watch(request, _stop))
            {
                foreach (var item in batch)
                {
                    begins = Note(item, begins);
                }

                if (_slow)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(_fixture.Loop.Random.Next(300)), _fixture.Loop.Time, _stop);
                }

                // Connections break; the client goes on where it was.
                if (_fixture.Loop.Random.Next(4) == 0)
                {
                    return;
                }
            }
        }

        // Initial events come in key order, all others in the order of their revisions.
        private bool Note(CacheEvent item, bool begins)
        {
            var revision = item.Object.Revision;
            Assert.True(begins || revision > _revision || (item.Type == WatchEventType.Bookmark && revision == _revision), $"{revision} came after {_revision}");
            switch (item.Type)
            {
                case WatchEventType.Added:
                    Assert.True(_seen.TryAdd(item.Object.Key, revision), "added twice");
                    break;
                case WatchEventType.Modified:
                    Assert.True(_seen.ContainsKey(item.Object.Key), "changed before it was added");
                    _seen[item.Object.Key] = revision;
                    break;
                case WatchEventType.Deleted:
                    Assert.True(_seen.Remove(item.Object.Key), "deleted before it was added");
                    break;
            }

            // The list is complete only at its end; until then its beginning would have to be asked for again.
            _revision = begins && item.Type != WatchEventType.Bookmark ? 0 : revision;
            return begins && item.Type != WatchEventType.Bookmark;
        }
    }
}
