using System.Diagnostics;
using System.Globalization;

namespace Minke.Store.Tests.Sqlite;

public sealed class CrashTests : IAsyncDisposable
{
    private const string DirectoryVariable = "MINKE_STORE_CRASH_DIRECTORY";
    private const string AcknowledgedFile = "acknowledged";
    private const int Writers = 16;

    private readonly StoreDirectory _directory = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _directory.DisposeAsync();

    [Fact]
    public async Task KilledInTheMiddleOfWrites_LosesNothingAcknowledged()
    {
        var random = new Random(Environment.ProcessId);
        for (var round = 0; round < 3; round++)
        {
            await RunAndKillAsync(random.Next(200, 800));
            await CheckAsync();
        }
    }

    /// <summary>The child of the test above: writes until it is killed. Runs only when it is asked for by name.</summary>
    [Fact(Explicit = true)]
    public async Task Child_WritesUntilKilled()
    {
        var path = Environment.GetEnvironmentVariable(DirectoryVariable);
        Assert.SkipWhen(path is null, $"{DirectoryVariable} is not set");
        await using var store = Minke.Store.Sqlite.SqliteStore.Open(new() { Directory = path });
        await using var acknowledged = new FileStream(Path.Combine(path, AcknowledgedFile), FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        var gate = new Lock();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteForeverAsync(writer), Cancel)));

        async Task WriteForeverAsync(int writer)
        {
            var run = Environment.ProcessId;
            for (var i = 0; ; i++)
            {
                var key = $"/crash/{run}-{writer}-{i}";
                var created = await NoteAsync(key, await store.WriteAsync(StoreWrite.Create(key, new byte[1 + (i * 37 % 3000)]), Cancel));
                var updated = await NoteAsync(key, await store.WriteAsync(StoreWrite.Update(key, new byte[10], created), Cancel));
                if (i % 2 == 0)
                {
                    await NoteAsync(key, await store.WriteAsync(StoreWrite.Delete(key, updated), Cancel));
                }
            }
        }

        Task<long> NoteAsync(string key, WriteResult result)
        {
            lock (gate)
            {
                acknowledged.Write(System.Text.Encoding.ASCII.GetBytes($"{result.Outcome} {result.Revision} {key}\n"));
            }

            return Task.FromResult(result.Revision);
        }
    }

    private async Task RunAndKillAsync(int acknowledgements)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Minke.Store.Tests"))
        {
            ArgumentList = { "-method", $"{typeof(CrashTests).FullName}.{nameof(Child_WritesUntilKilled)}", "-explicit", "only" },
            Environment = { [DirectoryVariable] = _directory.Path },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var child = Process.Start(start)!;
        var output = child.StandardOutput.ReadToEndAsync(Cancel);
        var errors = child.StandardError.ReadToEndAsync(Cancel);
        try
        {
            var goal = ReadAcknowledged().Count + acknowledgements;
            for (var waited = 0; ReadAcknowledged().Count < goal; waited++)
            {
                Assert.True(waited < 6000 && !child.HasExited, $"{ReadAcknowledged().Count} of {goal} acknowledged, child exited: {child.HasExited}");
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancel);
            }
        }
        finally
        {
            child.Kill();
            await child.WaitForExitAsync(CancellationToken.None);
        }

        await Task.WhenAll(output, errors);
    }

    private async Task CheckAsync()
    {
        await using var store = _directory.Open();
        var newest = await store.GetRevisionAsync(Cancel);
        var keys = new List<string> { "" };
        await foreach (var batch in store.WatchAsync("/", 0, Cancel))
        {
            foreach (var change in batch.Events)
            {
                Assert.Equal(keys.Count, change.Entry.Revision);
                keys.Add(change.Entry.Key);
            }

            if (batch.Revision == newest)
            {
                break;
            }
        }

        foreach (var (revision, key) in ReadAcknowledged())
        {
            Assert.True(revision < keys.Count, $"revision {revision} was acknowledged, the newest is {keys.Count - 1}");
            Assert.Equal(key, keys[(int)revision]);
        }
    }

    private List<(long Revision, string Key)> ReadAcknowledged()
    {
        var file = Path.Combine(_directory.Path, AcknowledgedFile);
        if (!File.Exists(file))
        {
            return [];
        }

        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd();
        // The last line may be half written when the child dies.
        return [.. text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)];

        static (long Revision, string Key) Parse(string line)
        {
            var parts = line.Split(' ');
            Assert.Equal(nameof(WriteOutcome.Committed), parts[0]);
            return (long.Parse(parts[1], CultureInfo.InvariantCulture), parts[2]);
        }
    }
}
