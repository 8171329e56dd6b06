using Minke.Store.Tests.Contract;
using Minke.Testing.Stores;

namespace Minke.Store.Tests.Memory;

public sealed class MemoryWriteTests : WriteContract
{
    protected override ValueTask<IStore> OpenAsync() => new(new MemoryStore());

    protected override ValueTask CleanAsync() => default;
}

public sealed class MemoryReadTests : ReadContract
{
    protected override ValueTask<IStore> OpenAsync() => new(new MemoryStore());

    protected override ValueTask CleanAsync() => default;
}

public sealed class MemoryWatchTests : WatchContract
{
    protected override ValueTask<IStore> OpenAsync() => new(new MemoryStore());

    protected override ValueTask CleanAsync() => default;
}

public sealed class MemoryCompactionTests : CompactionContract
{
    protected override ValueTask<IStore> OpenAsync() => new(new MemoryStore());

    protected override ValueTask CleanAsync() => default;
}

public sealed class MemoryModelTests : ModelContract
{
    protected override ValueTask<IStore> OpenAsync() => new(new MemoryStore());

    protected override ValueTask CleanAsync() => default;
}
