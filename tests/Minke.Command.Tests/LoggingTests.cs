using System.Text.Json;
using Microsoft.Extensions.Logging;
using Minke.Logging;

namespace Minke.Command.Tests;

public sealed class LoggingTests
{
    private static readonly LogEvent s_event = new(
        new DateTimeOffset(2026, 5, 6, 7, 8, 9, 10, TimeSpan.Zero), LogLevel.Warning, "Minke.Node.PodWorker", new EventId(4), "pod\nforged", null);

    [Fact]
    public void HumanLine_IsOneLineWhateverTheMessageHolds() =>
        Assert.Equal("2026-05-06T07:08:09.010Z WRN PodWorker: pod ⏎ forged\n", LogLine.Render(s_event, LogFormat.Human));

    [Fact]
    public void JsonLine_HasEveryFieldAndIsOneLine()
    {
        var line = LogLine.Render(s_event with { Exception = new InvalidOperationException("why") }, LogFormat.Json);

        Assert.Equal(1, line.Count(c => c == '\n'));
        using var json = JsonDocument.Parse(line);
        Assert.Equal("warning", json.RootElement.GetProperty("level").GetString());
        Assert.Equal("Minke.Node.PodWorker", json.RootElement.GetProperty("category").GetString());
        Assert.Equal("pod\nforged", json.RootElement.GetProperty("message").GetString());
        Assert.Contains("why", json.RootElement.GetProperty("exception").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void FullFile_IsRotatedAndOldOnesAreBounded()
    {
        var directory = Directory.CreateTempSubdirectory("minke-log-");
        try
        {
            var path = Path.Combine(directory.FullName, "minke.log");
            var megabyte = new string('x', 1 << 20);
            using (var log = new RotatingFile(path))
            {
                for (var i = 0; i < 50; i++)
                {
                    log.Write(megabyte);
                }

                log.Write("last\n");
            }

            Assert.Equal(4, directory.GetFiles().Length);
            Assert.True(directory.GetFiles().Sum(f => f.Length) <= 4 * 8 << 20);
            Assert.EndsWith("last\n", File.ReadAllText(path), StringComparison.Ordinal);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
