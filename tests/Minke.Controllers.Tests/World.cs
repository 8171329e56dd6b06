using Minke.Api;
using Minke.Testing.Clients;
using Minke.Testing.Simulation;
using Xunit;

namespace Minke.Controllers.Tests;

/// <summary>All controllers against a small API in memory, on virtual time.</summary>
internal sealed class World
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    private World(SimLoop loop)
    {
        Loop = loop;
        var ids = new Ids(new Random(loop.Seed));
        Client = new MemoryObjectClient(loop.Time, ids);
        _running = new ControllerSet(Client, loop.Time, ids, Logger, "PEM").RunAsync(_stop.Token);
    }

    public SimLoop Loop { get; }
    public MemoryObjectClient Client { get; }
    public StrictLogger Logger { get; } = new();

    public static void Run(Func<World, Task> test)
    {
        foreach (var seed in Enumerable.Range(1, 5))
        {
            SimLoop.Run(seed, async loop =>
            {
                var world = new World(loop);
                try
                {
                    await test(world);
                }
                finally
                {
                    world._stop.Cancel();
                    await world._running;
                }

                Assert.Empty(world.Logger.Errors);
            });
        }
    }

    public Task UntilAsync(Func<bool> condition, string what) => Loop.UntilAsync(
        condition, () => $"{what}; what happened:{Environment.NewLine}{string.Join(Environment.NewLine, Client.Calls.TakeLast(40).Concat(Logger.Lines.TakeLast(40)))}", s_patience);
}
