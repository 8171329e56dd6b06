using System.Runtime.CompilerServices;
using Minke.Client;
using Minke.Node.Runtime;

namespace Minke.Testing.Runtime;

/// <summary>Hands events of the fake runtime to everyone who listens. A listener can be told that it missed some.</summary>
internal sealed class FakeEventHub
{
    private readonly Lock _lock = new(); // guards _listeners and their queues
    private readonly List<Listener> _listeners = [];

    public void Tell(RuntimeEvent item)
    {
        lock (_lock)
        {
            foreach (var listener in _listeners)
            {
                listener.Waiting.Enqueue(item);
                listener.Signal.Set();
            }
        }
    }

    public async IAsyncEnumerable<RuntimeEvent> ListenAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var listener = new Listener();
        lock (_lock)
        {
            _listeners.Add(listener);
        }

        try
        {
            yield return RuntimeEvent.Resync;
            while (true)
            {
                while (Take(listener) is { } item)
                {
                    yield return item;
                }

                await listener.Signal.WaitAsync(cancellationToken);
            }
        }
        finally
        {
            lock (_lock)
            {
                _listeners.Remove(listener);
            }
        }
    }

    private RuntimeEvent? Take(Listener listener)
    {
        lock (_lock)
        {
            return listener.Waiting.TryDequeue(out var item) ? item : null;
        }
    }

    private sealed class Listener
    {
        public AsyncSignal Signal { get; } = new();
        public Queue<RuntimeEvent> Waiting { get; } = new();
    }
}
