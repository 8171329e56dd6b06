using Minke.Store.Tests.Contract;

namespace Minke.Store.Tests.Sqlite;

public sealed class SqliteWriteTests : WriteContract
{
    private readonly StoreDirectory _directory = new();

    protected override ValueTask<IStore> OpenAsync() => new(_directory.Open());

    protected override ValueTask CleanAsync() => _directory.DisposeAsync();
}

public sealed class SqliteReadTests : ReadContract
{
    private readonly StoreDirectory _directory = new();

    protected override ValueTask<IStore> OpenAsync() => new(_directory.Open());

    protected override ValueTask CleanAsync() => _directory.DisposeAsync();
}

public sealed class SqliteWatchTests : WatchContract
{
    private readonly StoreDirectory _directory = new();

    protected override ValueTask<IStore> OpenAsync() => new(_directory.Open());

    protected override ValueTask CleanAsync() => _directory.DisposeAsync();
}

/// <summary>The watch contract with a feed so small that most reads go to the log.</summary>
public sealed class SqliteLogWatchTests : WatchContract
{
    private readonly StoreDirectory _directory = new();

    protected override ValueTask<IStore> OpenAsync() => new(_directory.Open(options => options with { FeedEvents = 4, FeedBytes = 8 }));

    protected override ValueTask CleanAsync() => _directory.DisposeAsync();
}

public sealed class SqliteCompactionTests : CompactionContract
{
    private readonly StoreDirectory _directory = new();

    protected override ValueTask<IStore> OpenAsync() => new(_directory.Open());

    protected override ValueTask CleanAsync() => _directory.DisposeAsync();
}

public sealed class SqliteModelTests : ModelContract
{
    private readonly StoreDirectory _directory = new();

    protected override ValueTask<IStore> OpenAsync() => new(_directory.Open());

    protected override ValueTask CleanAsync() => _directory.DisposeAsync();
}
