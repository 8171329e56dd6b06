using Minke.Node.Containerd;

namespace Minke.Node.Tests.Containerd;

public sealed class ContainerdConfigTests
{
    private static readonly ContainerdOptions s_options = new()
    {
        RootDirectory = "/data/containerd",
        RunDirectory = "/run/x",
        ConfigFile = "/data/containerd.toml",
        LogFile = "/data/logs/containerd.log",
        CniConfigDirectory = "/data/cni",
        SandboxImage = "minke.local/pause:1",
    };

    [Fact]
    public void Paths_AreAllItsOwn()
    {
        var config = ContainerdConfig.Render(s_options, new ContainerdAbilities("overlayfs", RestrictOomScore: false));

        Assert.Contains("root = \"/data/containerd\"\n", config, StringComparison.Ordinal);
        Assert.Contains("state = \"/run/x/state\"\n", config, StringComparison.Ordinal);
        Assert.Contains("address = \"/run/x/containerd.sock\"\n", config, StringComparison.Ordinal);
        Assert.Contains("Root = \"/run/x/runc\"\n", config, StringComparison.Ordinal);
        Assert.DoesNotContain("/run/containerd", config, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "true")]
    [InlineData(false, "false")]
    public void Abilities_DecideWhatIsSet(bool value, string literal)
    {
        var config = ContainerdConfig.Render(s_options, new ContainerdAbilities("native", value));

        Assert.Contains("snapshotter = \"native\"\n", config, StringComparison.Ordinal);
        Assert.Contains($"restrict_oom_score_adj = {literal}\n", config, StringComparison.Ordinal);
    }

    [Fact]
    public void QuotesInAPath_AreEscaped()
    {
        var config = ContainerdConfig.Render(s_options with { RootDirectory = "/a\"b\\c" }, new ContainerdAbilities("native", false));

        Assert.Contains("""root = "/a\"b\\c" """.TrimEnd() + "\n", config, StringComparison.Ordinal);
    }
}
