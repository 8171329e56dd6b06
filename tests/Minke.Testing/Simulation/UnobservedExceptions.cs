using System.Collections.Concurrent;

namespace Minke.Testing.Simulation;

/// <summary>
/// Collects the exceptions of tasks that nobody looked at while it exists. The runtime reports them process-wide, so tests that use this must not run
/// beside tests that leave such tasks behind.
/// </summary>
internal sealed class UnobservedExceptions : IDisposable
{
    private readonly ConcurrentQueue<Exception> _seen = new();

    public UnobservedExceptions() => TaskScheduler.UnobservedTaskException += Collect;

    public void ThrowIfAny()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        if (!_seen.IsEmpty)
        {
            throw new AggregateException("tasks failed and nobody looked", _seen);
        }
    }

    public void Dispose() => TaskScheduler.UnobservedTaskException -= Collect;

    private void Collect(object? sender, UnobservedTaskExceptionEventArgs args)
    {
        args.SetObserved();
        _seen.Enqueue(args.Exception);
    }
}
