using Minke.Client;

namespace Minke.Node.Pods;

/// <summary>What an event announced about a container.</summary>
internal enum ExpectedChange
{
    Exit,
    OutOfMemory,
}

/// <summary>
/// Changes that were announced and do not show in the runtime's answers yet: events overtake the statuses that they are about by some milliseconds.
/// They are looked for again until they show, but not for ever. Owned by one worker's loop.
/// </summary>
internal sealed class ExpectedChanges
{
    private const int TriesMax = 12;
    private static readonly Backoff s_pauses = new(TimeSpan.FromMilliseconds(3), TimeSpan.FromMilliseconds(500));

    private readonly Dictionary<string, (ExpectedChange Change, int Tries)> _waiting = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Ids => [.. _waiting.Keys];

    public void Add(string id, ExpectedChange change) => _waiting[id] = (change, 0);

    /// <summary>Forgets what has shown; returns when to look again, null when there is nothing left.</summary>
    public TimeSpan? Settle(PodView view)
    {
        var tries = 0;
        foreach (var (id, (change, tried)) in _waiting.ToList())
        {
            if (HasShown(view, id, change) || tried >= TriesMax)
            {
                _waiting.Remove(id);
                continue;
            }

            _waiting[id] = (change, tried + 1);
            tries = Math.Max(tries, tried + 1);
        }

        return tries == 0 ? null : s_pauses.Delay(tries);
    }

    private static bool HasShown(PodView view, string id, ExpectedChange change)
    {
        if (view.Runtime.Find(id) is { } container)
        {
            return change == ExpectedChange.OutOfMemory ? container.Reason == "OOMKilled" : !container.IsActive;
        }

        if (view.Runtime.Sandboxes.FirstOrDefault(sandbox => sandbox.Id == id) is { } sandbox)
        {
            return !sandbox.Ready;
        }

        // Unknown: it is gone, or it is so new that the action that makes it has not reported yet.
        return view.Running.IsEmpty;
    }
}
