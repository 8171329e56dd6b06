namespace Minke.ApiServer.Cache;

/// <summary>
/// A list, with the query's resourceVersion, resourceVersionMatch, limit and continue as they came
/// (https://kubernetes.io/docs/reference/using-api/api-concepts/#semantics-for-get-and-list).
/// </summary>
public sealed record CacheListRequest
{
    /// <summary>Empty: all namespaces.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>Empty: all names.</summary>
    public string Name { get; init; } = "";

    public string ResourceVersion { get; init; } = "";

    /// <summary>Empty, <c>Exact</c> or <c>NotOlderThan</c>.</summary>
    public string ResourceVersionMatch { get; init; } = "";

    /// <summary>0: all.</summary>
    public int Limit { get; init; }

    public string Continue { get; init; } = "";

    /// <summary>Which of the objects; null: all. Called for one object at a time, must be pure.</summary>
    public Func<CachedObject, bool>? Predicate { get; init; }
}

/// <param name="Revision">The list's resourceVersion.</param>
/// <param name="Continue">Asks for the next page; empty on the last one.</param>
/// <param name="Remaining">How many objects follow; null when that is not known because a filter is at work, or when none do.</param>
public sealed record CacheList(long Revision, IReadOnlyList<CachedObject> Items, string Continue, long? Remaining);

/// <summary>A watch, with the query's parameters as they came.</summary>
public sealed record CacheWatchRequest
{
    /// <summary>Empty: all namespaces.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>Empty: all names.</summary>
    public string Name { get; init; } = "";

    /// <summary>Empty: the newest state first. "0": any state first. Else the changes after it.</summary>
    public string ResourceVersion { get; init; } = "";

    /// <summary>True: the state first, ended by an annotated bookmark. False: no state. Null: as the resourceVersion says.</summary>
    public bool? SendInitialEvents { get; init; }

    public bool AllowBookmarks { get; init; }

    /// <summary>Which of the objects; null: all. Called for one object at a time, must be pure.</summary>
    public Func<CachedObject, bool>? Predicate { get; init; }
}

/// <summary>Limits and intervals of a <see cref="ResourceCache"/>.</summary>
public sealed record ResourceCacheOptions
{
    /// <summary>Recent changes held for watchers. One that is further behind is ended.</summary>
    public int RecentChanges { get; init; } = 4096;

    /// <summary>Bytes of JSON that recent changes may hold.</summary>
    public long RecentBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>On start the cache goes this many revisions back, so that watchers can go on where a restart interrupted them.</summary>
    public long ReplayRevisions { get; init; } = 1000;

    /// <summary>Between two bookmarks of a watch.</summary>
    public TimeSpan BookmarkInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a read waits for the cache to reach a revision.</summary>
    public TimeSpan WaitTimeout { get; init; } = TimeSpan.FromSeconds(3);
}
