using System.Text;

namespace Minke.EndToEnd;

/// <summary>The README's tour is run exactly as written, line by line, in one shell.</summary>
public sealed class ReadmeTourTests(Cluster cluster)
{
    [Fact]
    public async Task Tour_RunsAsWritten()
    {
        var instance = cluster.Get();
        var readme = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "README.md"), TestContext.Current.CancellationToken);
        var commands = Commands(readme);
        Assert.True(commands.Count >= 8, $"the tour has only {commands.Count} blocks of commands");

        var output = await Shell.RunAsync("/bin/bash", ["-c", Script(commands)], null, new Dictionary<string, string>
        {
            ["KUBECONFIG"] = instance.Kubeconfig,
            ["MINKE_DATA_DIR"] = instance.DataDir,
            ["PATH"] = $"{Environment.GetEnvironmentVariable("PATH")}:{Repository.Tools}",
        });

        output.Succeeded();
    }

    /// <summary>Stops at the first command that fails and says which it was.</summary>
    private static string Script(IReadOnlyList<string> blocks)
    {
        var script = new StringBuilder("set -eEuo pipefail\ntrap 'echo \"failed: $BASH_COMMAND\" >&2' ERR\ncd \"").Append(Repository.Root).Append("\"\n");
        foreach (var block in blocks)
        {
            script.Append(block);
        }

        return script.ToString();
    }

    /// <summary>The <c>sh</c> blocks between the heading of the tour and the next heading.</summary>
    private static List<string> Commands(string readme)
    {
        var blocks = new List<string>();
        StringBuilder? block = null;
        var inTour = false;
        foreach (var line in readme.Split('\n'))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                inTour = line.Contains("tour", StringComparison.OrdinalIgnoreCase);
            }
            else if (inTour && line == "```sh")
            {
                block = new StringBuilder();
            }
            else if (line == "```" && block is not null)
            {
                blocks.Add(block.ToString());
                block = null;
            }
            else
            {
                block?.Append(line).Append('\n');
            }
        }

        return blocks;
    }
}
