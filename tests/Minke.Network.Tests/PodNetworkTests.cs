using System.Globalization;
using System.Net;
using Minke.Host;

namespace Minke.Network.Tests;

/// <summary>On the real machine, with names of its own.</summary>
public sealed class PodNetworkTests
{
    private static readonly string s_name = string.Create(CultureInfo.InvariantCulture, $"mnkn{Environment.ProcessId}");
    private readonly HostCommand _command = new(TimeProvider.System);

    [Fact]
    public async Task EnabledThenRemoved_LeavesNoTableAndNoBridge()
    {
        SkipUnlessPossible();
        var token = TestContext.Current.CancellationToken;
        var network = new PodNetwork(Options("10.254.254.0/24"), _command);
        await _command.CheckAsync("ip", ["link", "add", s_name, "type", "bridge"], null, null, token);
        await network.EnableRoutingAsync(token);
        await network.EnableRoutingAsync(token);
        Assert.Equal(0, (await _command.RunAsync("nft", ["list", "table", "ip", s_name], null, null, token)).ExitCode);

        await network.RemoveAsync(token);
        await network.RemoveAsync(token);

        Assert.NotEqual(0, (await _command.RunAsync("nft", ["list", "table", "ip", s_name], null, null, token)).ExitCode);
        Assert.False(Directory.Exists($"/sys/class/net/{s_name}"));
    }

    [Fact]
    public void SubnetOfAnExistingInterface_IsAConflict()
    {
        var network = new PodNetwork(Options("127.0.0.0/16"), _command);

        Assert.Equal("lo", network.FindConflictingInterface());
    }

    [Fact]
    public void UnusedSubnet_IsNoConflict() => Assert.Null(new PodNetwork(Options("198.51.100.0/24"), _command).FindConflictingInterface());

    private static void SkipUnlessPossible()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");
        Assert.SkipUnless(File.Exists("/usr/sbin/nft") && File.Exists("/usr/sbin/iptables") && File.Exists("/usr/sbin/ip"), "needs nftables, iptables and iproute2");
    }

    private static PodNetworkOptions Options(string subnet) =>
        CniConfigListTests.Options with { Name = s_name, Bridge = s_name, Subnet = IPNetwork.Parse(subnet) };
}
