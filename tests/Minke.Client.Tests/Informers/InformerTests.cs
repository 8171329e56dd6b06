using Minke.Api;
using Minke.Api.Core;
using Minke.Testing.Clients;
using Minke.Testing.Simulation;
using Xunit;

namespace Minke.Client.Tests.Informers;

public sealed class InformerTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    private readonly List<string> _told = [];

    [Fact]
    public void FirstList_IsToldAsAddedBeforeSynced() => Run(async world =>
    {
        world.Client.Log.Put(Named("b"));
        world.Client.Log.Put(Named("a"));
        var stop = world.Start();

        await world.Informer.WhenSyncedAsync(stop);

        Assert.Equal(["Added a", "Added b"], _told);
        Assert.Equal(2, world.Informer.Lister.Count);
    });

    [Fact]
    public void Changes_AreToldInOrderWithTheOldState() => Run(async world =>
    {
        var stop = world.Start();
        await world.Informer.WhenSyncedAsync(stop);

        var first = world.Client.Log.Put(Named("a"));
        world.Client.Log.Put(With(first, "1"));
        world.Client.Log.Remove(first);
        await world.UntilTold(3);

        Assert.Equal(["Added a", "Modified a  -> 1", "Deleted a"], _told);
        Assert.Null(world.Informer.Lister.Get("default", "a"));
    });

    [Fact]
    public void CutWatch_IsContinuedWithoutListingAgain() => Run(async world =>
    {
        var stop = world.Start();
        await world.Informer.WhenSyncedAsync(stop);
        world.Client.Log.Put(Named("a"));
        await world.UntilTold(1);

        world.Client.CutWatches();
        world.Client.Log.Put(Named("b"));
        await world.UntilTold(2);

        Assert.Single(world.Client.Calls, call => call.StartsWith("list", StringComparison.Ordinal));
        Assert.Equal(["Added a", "Added b"], _told);
    });

    [Fact]
    public void TooOldVersion_ListsAgainAndTellsTheDifferences() => Run(async world =>
    {
        var (kept, changed, removed) = (world.Client.Log.Put(Named("kept")), world.Client.Log.Put(Named("changed")), world.Client.Log.Put(Named("removed")));
        var stop = world.Start();
        await world.Informer.WhenSyncedAsync(stop);
        await world.Loop.SettleAsync();
        _told.Clear();

        world.Client.Log.Put(With(changed, "1"));
        world.Client.Log.Remove(removed);
        world.Client.Log.Put(Named("new"));
        world.Client.Log.ForgetHistory();
        world.Client.CutWatches();
        await world.UntilTold(3);

        Assert.Equal(["Modified changed  -> 1", "Added new", "Deleted removed"], _told);
        Assert.NotNull(world.Informer.Lister.Get(ObjectKey.Of(kept)));
    });

    [Fact]
    public void ReplacedUnseen_IsToldAsDeletedAndAdded() => Run(async world =>
    {
        var old = Named("a");
        old.Metadata.Uid = "one";
        world.Client.Log.Put(old);
        var stop = world.Start();
        await world.Informer.WhenSyncedAsync(stop);
        await world.Loop.SettleAsync();
        _told.Clear();

        world.Client.Log.Remove(old);
        var replacement = Named("a");
        replacement.Metadata.Uid = "two";
        world.Client.Log.Put(replacement);
        world.Client.Log.ForgetHistory();
        world.Client.CutWatches();
        await world.UntilTold(2);

        Assert.Equal(["Deleted a", "Added a"], _told);
    });

    [Fact]
    public void UnreachableServer_IsAskedAgainWithGrowingDelays() => Run(async world =>
    {
        List<TimeSpan> attempts = [];
        world.Client.BeforeCall = call =>
        {
            attempts.Add(world.Loop.Time.Elapsed);
            if (attempts.Count <= 5)
            {
                throw new HttpRequestException("connection refused");
            }
        };
        var stop = world.Start();

        await world.Informer.WhenSyncedAsync(stop);

        var delays = attempts.Zip(attempts.Skip(1), (earlier, later) => later - earlier).ToList();
        Assert.All(delays.Take(5).Zip(delays.Skip(1).Take(4)), pair => Assert.True(pair.First < pair.Second * 2));
        Assert.True(delays[4] >= TimeSpan.FromSeconds(1.6), $"the fifth delay was {delays[4]}");
    });

    [Fact]
    public void IndexedObjects_MoveWithTheirValues() => Run(async world =>
    {
        var stop = world.Start();
        await world.Informer.WhenSyncedAsync(stop);
        var first = world.Client.Log.Put(With(Named("a"), "1"));
        world.Client.Log.Put(With(Named("b"), "1"));
        await world.UntilTold(2);
        Assert.Equal(["a", "b"], world.Informer.Lister.Find("value", "1").Select(item => item.Metadata.Name));

        world.Client.Log.Put(With(first, "2"));
        await world.UntilTold(3);

        Assert.Equal(["b"], world.Informer.Lister.Find("value", "1").Select(item => item.Metadata.Name));
        Assert.Equal(["a"], world.Informer.Lister.Find("value", "2").Select(item => item.Metadata.Name));
    });

    [Fact]
    public void FailingHandler_DoesNotKeepOthersFromTheirChange() => Run(async world =>
    {
        world.Informer.AddHandler(_ => throw new InvalidOperationException("broken handler"));
        var after = 0;
        world.Informer.AddHandler(_ => after++);
        var stop = world.Start();
        world.Client.Log.Put(Named("a"));

        await world.Loop.UntilAsync(() => after == 1, () => "the handler after the broken one", s_patience);

        Assert.Contains(world.Logger.Errors, error => error.Contains("broken handler", StringComparison.Ordinal));
    });

    private void Run(Func<World, Task> test)
    {
        foreach (var seed in Enumerable.Range(1, 10))
        {
            _told.Clear();
            SimLoop.Run(seed, async loop =>
            {
                var world = new World(loop, _told);
                await test(world);
                await world.StopAsync();
            });
        }
    }

    private static ConfigMap Named(string name)
    {
        var item = new ConfigMap();
        item.Metadata.Namespace = "default";
        item.Metadata.Name = name;
        return item;
    }

    private static ConfigMap With(ConfigMap item, string value)
    {
        var changed = item.Clone();
        changed.Data["value"] = value;
        return changed;
    }

    private sealed class World
    {
        private readonly List<string> _told;
        private readonly CancellationTokenSource _stop = new();
        private Task _running = Task.CompletedTask;

        public World(SimLoop loop, List<string> told)
        {
            _told = told;
            Loop = loop;
            var ids = new Ids(new Random(loop.Seed));
            Client = new MemoryObjectClient(loop.Time, ids);
            var byValue = new Index<ConfigMap>("value", item => item.Data.TryGetValue("value", out var value) ? [value] : []);
            Informer = new Informer<ConfigMap>(Client, new InformerOptions<ConfigMap> { Indexes = [byValue] }, loop.Time, ids, Logger);
            Informer.AddHandler(change => told.Add(Text(change)));
        }

        public SimLoop Loop { get; }
        public MemoryObjectClient Client { get; }
        public Informer<ConfigMap> Informer { get; }
        public StrictLogger Logger { get; } = new();

        public CancellationToken Start()
        {
            _running = Informer.RunAsync(_stop.Token);
            return _stop.Token;
        }

        public async Task StopAsync()
        {
            _stop.Cancel();
            await _running;
        }

        public Task UntilTold(int count) =>
            Loop.UntilAsync(() => _told.Count >= count, () => $"{count} changes; told were {string.Join(", ", _told)}", s_patience);

        private static string Text(Change<ConfigMap> change) => change.Type == ChangeType.Modified
            ? $"Modified {change.Key.Name} {Value(change.Old!)} -> {Value(change.New!)}"
            : $"{change.Type} {change.Key.Name}";

        private static string Value(ConfigMap item) => item.Data.TryGetValue("value", out var value) ? value : "";
    }
}
