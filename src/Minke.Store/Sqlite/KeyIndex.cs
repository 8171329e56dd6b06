namespace Minke.Store.Sqlite;

/// <summary>
/// The newest revision of every live key, so that a condition is checked without reading the disk. Owned by the committer's thread. Changes
/// since the last <see cref="Accept"/> can be taken back, for a transaction that fails.
/// </summary>
internal sealed class KeyIndex
{
    private readonly Dictionary<string, KeyState> _keys = [];
    private readonly List<(string Key, KeyState Before)> _undo = [];

    /// <summary>Judges a write; when it may go ahead the index is as after it.</summary>
    /// <param name="revision">The revision that the write would get.</param>
    /// <param name="before">The key's state before the write; zeros when missing.</param>
    public WriteOutcome Apply(in StoreWrite write, long revision, out KeyState before)
    {
        var exists = _keys.TryGetValue(write.Key, out before);
        if (write.Kind == WriteKind.Create)
        {
            if (exists)
            {
                return WriteOutcome.Exists;
            }

            Set(write.Key, before, new KeyState(revision, revision));
            return WriteOutcome.Committed;
        }

        if (!exists)
        {
            return WriteOutcome.Missing;
        }

        if (before.Revision != write.ExpectedRevision)
        {
            return WriteOutcome.Conflict;
        }

        Set(write.Key, before, write.Kind == WriteKind.Delete ? default : before with { Revision = revision });
        return WriteOutcome.Committed;
    }

    /// <summary>The changes stay.</summary>
    public void Accept() => _undo.Clear();

    /// <summary>Takes the changes since the last <see cref="Accept"/> back.</summary>
    public void Undo()
    {
        for (var i = _undo.Count - 1; i >= 0; i--)
        {
            Put(_undo[i].Key, _undo[i].Before);
        }

        _undo.Clear();
    }

    /// <summary>Replaces everything by what the log says.</summary>
    public void Load(SqliteDatabase database)
    {
        _keys.Clear();
        _undo.Clear();
        using var scan = database.Prepare("SELECT key, revision, created, deleted FROM log INDEXED BY log_by_key ORDER BY key, revision");
        while (scan.Step())
        {
            Put(scan.Text(0), scan.Number(3) != 0 ? default : new KeyState(scan.Number(1), scan.Number(2)));
        }
    }

    private void Set(string key, KeyState before, KeyState after)
    {
        _undo.Add((key, before));
        Put(key, after);
    }

    private void Put(string key, KeyState state)
    {
        if (state.Revision == 0)
        {
            _keys.Remove(key);
        }
        else
        {
            _keys[key] = state;
        }
    }
}

/// <param name="Revision">The key's newest write; 0: the key does not exist.</param>
/// <param name="CreateRevision">The write that created it.</param>
internal readonly record struct KeyState(long Revision, long CreateRevision);
