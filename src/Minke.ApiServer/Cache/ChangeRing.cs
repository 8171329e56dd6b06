namespace Minke.ApiServer.Cache;

/// <summary>
/// The most recent changes of a kind, numbered from 0 on; a watcher's place is such a number. Bounded by count and by bytes; it grows as it is
/// needed. Guarded by its owner's lock.
/// </summary>
internal sealed class ChangeRing(int capacity, long maxBytes)
{
    private CacheChange[] _slots = new CacheChange[Math.Min(capacity, 16)];
    private long _bytes;

    /// <summary>The number that the next change gets.</summary>
    public long Next { get; private set; }

    /// <summary>The number of the oldest change that is still here.</summary>
    public long Oldest { get; private set; }

    /// <summary>Every change after this revision is here.</summary>
    public long FloorRevision { get; private set; }

    public CacheChange this[long number] => _slots[number % _slots.Length];

    /// <summary>Forgets everything; the numbers go on, so that a place from before is seen to be lost.</summary>
    public void Reset(long revision)
    {
        Array.Clear(_slots);
        Next++;
        Oldest = Next;
        FloorRevision = revision;
        _bytes = 0;
    }

    public void Add(CacheChange change)
    {
        if (Next - Oldest == _slots.Length)
        {
            MakeRoom();
        }

        _slots[Next % _slots.Length] = change;
        Next++;
        _bytes += change.Bytes;
        while (_bytes > maxBytes && Next - Oldest > 1)
        {
            DropOldest();
        }
    }

    /// <summary>The number of the first change after a revision; the revision is not before the floor.</summary>
    public long FirstAfter(long revision)
    {
        var (low, high) = (Oldest, Next);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (this[middle].Revision <= revision)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>The change of a revision, or null.</summary>
    public CacheChange? Find(long revision)
    {
        var number = FirstAfter(revision - 1);
        return number < Next && this[number].Revision == revision ? this[number] : null;
    }

    private void MakeRoom()
    {
        if (_slots.Length == capacity)
        {
            DropOldest();
            return;
        }

        var larger = new CacheChange[Math.Min(capacity, _slots.Length * 2)];
        for (var number = Oldest; number < Next; number++)
        {
            larger[number % larger.Length] = this[number];
        }

        _slots = larger;
    }

    private void DropOldest()
    {
        ref var slot = ref _slots[Oldest % _slots.Length];
        FloorRevision = slot.Revision;
        _bytes -= slot.Bytes;
        slot = null!;
        Oldest++;
    }
}
