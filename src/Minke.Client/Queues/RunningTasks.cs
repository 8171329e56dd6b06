namespace Minke.Client;

/// <summary>
/// A bounded set of tasks that a component started and has to see through before it ends. The tasks handle their own failures; one that does not
/// makes <see cref="WhenAllAsync"/> fail. Thread-safe.
/// </summary>
public sealed class RunningTasks(int limit)
{
    private readonly Lock _lock = new(); // guards _tasks
    private readonly HashSet<Task> _tasks = [];

    public bool IsFull
    {
        get
        {
            lock (_lock)
            {
                return _tasks.Count >= limit;
            }
        }
    }

    /// <summary>Starts the work and keeps its task until it ended well.</summary>
    public void Start(Func<Task> work)
    {
        var task = work();
        if (task.IsCompletedSuccessfully)
        {
            return;
        }

        lock (_lock)
        {
            _tasks.Add(task);
        }

        // Runs at once where the task completes; a failed task stays in the set so that its failure is seen.
        task.GetAwaiter().OnCompleted(() => Ended(task));
    }

    public async Task WhenAllAsync()
    {
        Task[] tasks;
        lock (_lock)
        {
            tasks = [.. _tasks];
        }

        await Task.WhenAll(tasks);
    }

    private void Ended(Task task)
    {
        if (task.IsCompletedSuccessfully)
        {
            lock (_lock)
            {
                _tasks.Remove(task);
            }
        }
    }
}
