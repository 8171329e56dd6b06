using System.Globalization;

namespace Minke.Testing.Simulation;

/// <summary>
/// Runs asynchronous code on one thread in an order drawn from a seed. Everything that is posted waits in a bag; a seeded random source picks what
/// runs next, so that each seed is another interleaving and one seed is always the same one. Virtual time moves only when the bag is empty.
/// </summary>
/// <remarks>
/// The code under test must await without leaving this context (no <c>ConfigureAwait(false)</c>, no <c>Task.Run</c>) and take its time from
/// <see cref="Time"/>. A post from another thread is such an escape and fails the run. <c>MINKE_SEED</c> in the environment replays one seed.
/// </remarks>
public sealed class SimLoop : SynchronizationContext
{
    private readonly List<(SendOrPostCallback Callback, object? State)> _runnable = [];
    private readonly List<IdleWait> _idleWaits = [];
    private readonly Random _order;
    private readonly int _threadId = Environment.CurrentManagedThreadId;
    private readonly long _maxSteps;
    private Exception? _failure;

    private SimLoop(int seed, long maxSteps)
    {
        Seed = seed;
        _maxSteps = maxSteps;
        _order = new Random(seed);
        Random = new Random(seed ^ 0x5EED);
    }

    public int Seed { get; }

    public SimTime Time { get; } = new();

    /// <summary>For decisions of the test itself (faults, user actions). Drawing from it does not disturb the order of execution.</summary>
    public Random Random { get; }

    /// <summary>How many posted pieces of work ran so far.</summary>
    public long Steps { get; private set; }

    /// <summary>
    /// Runs <paramref name="main"/> to its end. A failure is rethrown inside a <see cref="SimulationException"/> that names the seed.
    /// </summary>
    /// <param name="maxSteps">More pieces of work than this mean that something spins.</param>
    public static void Run(int seed, Func<SimLoop, Task> main, long maxSteps = 5_000_000)
    {
        var previous = Current;
        var loop = new SimLoop(seed, maxSteps);
        using var unobserved = new UnobservedExceptions();
        SetSynchronizationContext(loop);
        try
        {
            loop.RunToEnd(main);
            unobserved.ThrowIfAny();
        }
        catch (Exception exception)
        {
            throw new SimulationException(loop.Describe(), exception);
        }
        finally
        {
            SetSynchronizationContext(previous);
        }
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (Environment.CurrentManagedThreadId != _threadId)
        {
            // The target of an await's continuation is the state machine of the method that waits, which is what one wants to know.
            var waiting = (state as Delegate)?.Target?.GetType().ToString() ?? d.Method.ToString();
            var message = $"work left the simulation's thread; {waiting} was resumed by{Environment.NewLine}{Environment.StackTrace}";
            Interlocked.CompareExchange(ref _failure, new InvalidOperationException(message), null);
            return;
        }

        _runnable.Add((d, state));
    }

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Completes when nothing can run before time moves.</summary>
    public Task SettleAsync() => WaitIdle(static () => true, "the loop to be idle", Timeout.InfiniteTimeSpan);

    /// <summary>
    /// Completes when <paramref name="condition"/> holds at a moment at which nothing else can run; it is looked at again after each movement of time.
    /// </summary>
    /// <param name="what">Names what is waited for; evaluated for the message when the wait fails.</param>
    /// <exception cref="TimeoutException">The condition did not hold within <paramref name="timeout"/> of virtual time.</exception>
    public Task UntilAsync(Func<bool> condition, Func<string> what, TimeSpan timeout) => WaitIdle(condition, what, timeout);

    private Task WaitIdle(Func<bool> condition, object what, TimeSpan timeout)
    {
        var wait = new IdleWait(condition, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _idleWaits.Add(wait);
        if (timeout != Timeout.InfiniteTimeSpan)
        {
            wait.Deadline = Time.CreateTimer(_ => TimeOut(wait, what, timeout), null, timeout, Timeout.InfiniteTimeSpan);
        }

        return wait.Completion.Task;
    }

    private void TimeOut(IdleWait wait, object what, TimeSpan timeout)
    {
        if (_idleWaits.Remove(wait))
        {
            var description = what is Func<string> describe ? describe() : what;
            wait.Completion.SetException(new TimeoutException($"waited {timeout} of virtual time for {description}"));
        }
    }

    private void RunToEnd(Func<SimLoop, Task> main)
    {
        var task = main(this);
        while (!task.IsCompleted)
        {
            if (!RunOne() && !ReleaseIdleWaits() && !Time.FireNext())
            {
                throw new InvalidOperationException("deadlock: nothing can run, no timer is armed, and the simulation is not finished");
            }

            if (_failure is { } failure)
            {
                throw failure;
            }
        }

        task.GetAwaiter().GetResult();
    }

    private bool RunOne()
    {
        if (_runnable.Count == 0)
        {
            return false;
        }

        if (++Steps > _maxSteps)
        {
            throw new InvalidOperationException($"gave up after {_maxSteps} steps: something spins");
        }

        var index = _order.Next(_runnable.Count);
        var (callback, state) = _runnable[index];
        _runnable[index] = _runnable[^1];
        _runnable.RemoveAt(_runnable.Count - 1);
        callback(state);
        return true;
    }

    private bool ReleaseIdleWaits()
    {
        for (var i = 0; i < _idleWaits.Count; i++)
        {
            var wait = _idleWaits[i];
            if (wait.Condition())
            {
                _idleWaits.RemoveAt(i);
                wait.Deadline?.Dispose();
                wait.Completion.SetResult();
                return true;
            }
        }

        return false;
    }

    private string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"seed {Seed} failed after {Steps} steps and {Time.Elapsed} of virtual time; replay it with MINKE_SEED={Seed}");

    private sealed record IdleWait(Func<bool> Condition, TaskCompletionSource Completion)
    {
        public ITimer? Deadline { get; set; }
    }
}

/// <summary>A simulation failed; the message says which seed replays it, the inner exception says what went wrong.</summary>
public sealed class SimulationException(string message, Exception inner) : Exception(message + Environment.NewLine + inner.Message, inner);
