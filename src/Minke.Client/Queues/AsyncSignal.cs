namespace Minke.Client;

/// <summary>Wakes one waiting loop. Set any number of times before a wait, it releases that wait once. Thread-safe, with one waiter at a time.</summary>
public sealed class AsyncSignal
{
    private readonly Lock _lock = new(); // guards the fields below
    private bool _set;
    private TaskCompletionSource? _waiter;

    public void Set()
    {
        lock (_lock)
        {
            if (_waiter is { } waiter)
            {
                _waiter = null;
                waiter.TrySetResult();
            }
            else
            {
                _set = true;
            }
        }
    }

    /// <exception cref="OperationCanceledException">The wait was cancelled; the signal is kept for the next one.</exception>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource waiter;
        lock (_lock)
        {
            if (_set)
            {
                _set = false;
                return;
            }

            _waiter = waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        await using var registration = cancellationToken.UnsafeRegister(_ => Withdraw(waiter, cancellationToken), null);
        await waiter.Task;
    }

    private void Withdraw(TaskCompletionSource waiter, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (ReferenceEquals(_waiter, waiter))
            {
                _waiter = null;
                waiter.TrySetCanceled(cancellationToken);
            }
        }
    }
}
