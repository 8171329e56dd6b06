using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Minke.Node.Logs;

namespace Minke.Node.Tests.Logs;

public sealed class LogReaderTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("minke-logs-").FullName;

    private string LogPath => Path.Combine(_directory, "0.log");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Lines_LoseTheirHeads_AndPartialEntriesAreJoined()
    {
        Write("""
            2026-01-01T00:00:00.1Z stdout F one
            2026-01-01T00:00:00.2Z stdout P two-
            2026-01-01T00:00:00.3Z stdout P three-
            2026-01-01T00:00:00.4Z stdout F four
            2026-01-01T00:00:00.5Z stdout F 
            2026-01-01T00:00:00.6Z stderr F:x a b  c

            """);

        Assert.Equal("one\ntwo-three-four\n\na b  c\n", await ReadAsync(new LogQuery()));
    }

    [Fact]
    public async Task Timestamps_HaveNineDigits_AndStandOnceForAJoinedLine()
    {
        Write("""
            2026-01-01T00:00:00.1Z stdout P a
            2026-01-01T00:00:00.123456789Z stdout F b
            2026-01-01T00:00:01+02:00 stderr F c
            2026-01-01T00:00:02.5+02:00 stderr F d

            """);

        Assert.Equal(
            "2026-01-01T00:00:00.100000000Z ab\n2026-01-01T00:00:01.000000000+02:00 c\n2026-01-01T00:00:02.500000000+02:00 d\n",
            await ReadAsync(new LogQuery { Timestamps = true }));
    }

    [Fact]
    public async Task Streams_CanBeChosen()
    {
        Write("2026-01-01T00:00:00Z stdout F out\n2026-01-01T00:00:00Z stderr F err\n");

        Assert.Equal("out\n", await ReadAsync(new LogQuery { Stderr = false }));
        Assert.Equal("err\n", await ReadAsync(new LogQuery { Stdout = false }));
    }

    [Fact]
    public async Task Since_LeavesOutWhatIsOlder()
    {
        Write("2026-01-01T00:00:00.999999999Z stdout F old\n2026-01-01T01:00:01.000000001+01:00 stdout F new\n");

        Assert.Equal("new\n", await ReadAsync(new LogQuery { Since = new DateTimeOffset(2026, 1, 1, 0, 0, 1, TimeSpan.Zero) }));
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "o")]
    [InlineData(4, "one\n")]
    [InlineData(6, "one\ntw")]
    [InlineData(100, "one\ntwo\n")]
    public async Task LimitBytes_CutsOff(int limit, string expected)
    {
        Write("2026-01-01T00:00:00Z stdout F one\n2026-01-01T00:00:00Z stdout F two\n");

        Assert.Equal(expected, await ReadAsync(new LogQuery { LimitBytes = limit }));
    }

    [Fact]
    public async Task Tail_GivesTheLastLines_OfALargeFile()
    {
        var lines = Enumerable.Range(0, 50_000).Select(i => $"2026-01-01T00:00:00Z stdout F line {i}\n");
        await File.WriteAllTextAsync(LogPath, string.Concat(lines), Token);

        Assert.Equal("", await ReadAsync(new LogQuery { TailLines = 0 }));
        Assert.Equal("line 49999\n", await ReadAsync(new LogQuery { TailLines = 1 }));
        var tail = await ReadAsync(new LogQuery { TailLines = 7000 });
        Assert.StartsWith("line 43000\n", tail, StringComparison.Ordinal);
        Assert.Equal(7000, tail.Count(c => c == '\n'));
        Assert.StartsWith("line 0\n", await ReadAsync(new LogQuery { TailLines = 1_000_000 }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tail_CountsJoinedLines()
    {
        Write("""
            2026-01-01T00:00:00Z stdout F one
            2026-01-01T00:00:00Z stdout P two-
            2026-01-01T00:00:00Z stdout F three
            2026-01-01T00:00:00Z stdout P four-
            2026-01-01T00:00:00Z stdout F five

            """);

        Assert.Equal("four-five\n", await ReadAsync(new LogQuery { TailLines = 1 }));
        Assert.Equal("two-three\nfour-five\n", await ReadAsync(new LogQuery { TailLines = 2 }));
        Assert.Equal("one\ntwo-three\nfour-five\n", await ReadAsync(new LogQuery { TailLines = 3 }));
    }

    [Theory]
    [InlineData("garbage\n")]
    [InlineData("2026-01-01T00:00:00Z stdin F x\n")]
    [InlineData("2026-01-01T00:00:00Z stdout X x\n")]
    [InlineData("\n\n\n")]
    [InlineData("now stdout F x\n")]
    public async Task MalformedLines_AreLeftOut(string bad)
    {
        Write(bad + "2026-01-01T00:00:00Z stdout F good\n" + bad);

        Assert.Equal("good\n", await ReadAsync(new LogQuery()));
    }

    [Fact]
    public async Task LineBeyondTheLimit_IsLeftOut_AndTheNextIsRead()
    {
        Write($"2026-01-01T00:00:00Z stdout F {new string('x', 3_000_000)}\n2026-01-01T00:00:00Z stdout F good\n");

        Assert.Equal("good\n", await ReadAsync(new LogQuery()));
    }

    [Fact]
    public async Task LongLineWithinTheLimit_IsRead()
    {
        Write($"2026-01-01T00:00:00Z stdout F {new string('x', 900_000)}\n");

        Assert.Equal(900_001, (await ReadAsync(new LogQuery())).Length);
    }

    [Fact]
    public async Task MissingFile_IsAnEmptyLog() => Assert.Equal("", await ReadAsync(new LogQuery()));

    [Fact]
    public async Task Follow_GivesWhatIsWritten_UntilTheContainerEnds()
    {
        Write("2026-01-01T00:00:00Z stdout F before\n");
        var running = true;
        var output = new Pipe();
        var reading = ReadToEndAsync(new LogReader(LogPath, _ => ValueTask.FromResult(Volatile.Read(ref running)), TimeProvider.System), output.Writer);

        Assert.Equal("before\n", await NextAsync(output.Reader));
        await File.AppendAllTextAsync(LogPath, "2026-01-01T00:00:00Z stdout F after\n", Token);
        Assert.Equal("after\n", await NextAsync(output.Reader));
        await File.AppendAllTextAsync(LogPath, "2026-01-01T00:00:00Z stdout F last\n", Token);
        Volatile.Write(ref running, false);
        Assert.Equal("last\n", await NextAsync(output.Reader));
        await reading.WaitAsync(Token);
        Assert.True((await output.Reader.ReadAsync(Token)).IsCompleted);
    }

    [Fact]
    public async Task Follow_WaitsForTheRestOfALine()
    {
        Write("2026-01-01T00:00:00Z stdout F be");
        var running = true;
        var output = new Pipe();
        var reading = ReadToEndAsync(new LogReader(LogPath, _ => ValueTask.FromResult(Volatile.Read(ref running)), TimeProvider.System), output.Writer);

        await File.AppendAllTextAsync(LogPath, "gin\n", Token);

        Assert.Equal("begin\n", await NextAsync(output.Reader));
        Volatile.Write(ref running, false);
        await reading.WaitAsync(Token);
    }

    [Fact]
    public async Task Follow_GoesOnInTheFileThatARotationMakes()
    {
        Write("2026-01-01T00:00:00Z stdout F one\n");
        var running = true;
        var output = new Pipe();
        var reading = ReadToEndAsync(new LogReader(LogPath, _ => ValueTask.FromResult(Volatile.Read(ref running)), TimeProvider.System), output.Writer);
        Assert.Equal("one\n", await NextAsync(output.Reader));

        File.Move(LogPath, LogPath + ".20260101-000000");
        await File.AppendAllTextAsync(LogPath + ".20260101-000000", "2026-01-01T00:00:00Z stdout F two\n", Token);
        Assert.Equal("two\n", await NextAsync(output.Reader));
        Write("2026-01-01T00:00:00Z stdout F three\n");
        Assert.Equal("three\n", await NextAsync(output.Reader));
        await File.AppendAllTextAsync(LogPath, "2026-01-01T00:00:00Z stdout F four\n", Token);
        Assert.Equal("four\n", await NextAsync(output.Reader));

        Volatile.Write(ref running, false);
        await reading.WaitAsync(Token);
    }

    [Fact]
    public async Task RandomLogs_TailEqualsTheEndOfTheWhole()
    {
        var random = new Random(5);
        for (var round = 0; round < 40; round++)
        {
            var log = new StringBuilder();
            var count = random.Next(0, 3000);
            for (var i = 0; i < count; i++)
            {
                // One stream: with two, partial entries interleave and the number of joined lines depends on the stream.
                var tag = random.Next(4) == 0 && i + 1 < count ? "P" : "F";
                log.Append(CultureInfo.InvariantCulture, $"2026-01-01T00:00:00Z stdout {tag} {new string('x', random.Next(0, 200))}{i}\n");
            }

            Write(log.ToString());
            var whole = (await ReadAsync(new LogQuery())).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var lines = random.Next(1, 2000);

            var tail = (await ReadAsync(new LogQuery { TailLines = lines })).Split('\n', StringSplitOptions.RemoveEmptyEntries);

            Assert.Equal(whole.TakeLast(lines), tail);
        }
    }

    private void Write(string text) => File.WriteAllText(LogPath, text.ReplaceLineEndings("\n"));

    private async Task<string> ReadAsync(LogQuery query)
    {
        using var output = new MemoryStream();
        var writer = PipeWriter.Create(output, new StreamPipeWriterOptions(leaveOpen: true));
        await new LogReader(LogPath, _ => ValueTask.FromResult(false), TimeProvider.System).CopyAsync(query, writer, Token);
        await writer.CompleteAsync();
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private static async Task ReadToEndAsync(LogReader reader, PipeWriter output)
    {
        await reader.CopyAsync(new LogQuery { Follow = true }, output, Token);
        await output.CompleteAsync();
    }

    private static async Task<string> NextAsync(PipeReader output)
    {
        var read = await output.ReadAsync(Token).AsTask().WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, Token);
        var text = Encoding.UTF8.GetString(read.Buffer);
        output.AdvanceTo(read.Buffer.End);
        return text;
    }
}
