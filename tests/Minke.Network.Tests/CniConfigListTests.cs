using System.Net;
using System.Text.Json.Nodes;

namespace Minke.Network.Tests;

public sealed class CniConfigListTests
{
    [Fact]
    public void Rendered_NamesTheBridgeTheSubnetAndItsOwnAddressDirectory()
    {
        var json = JsonNode.Parse(CniConfigList.Render(Options))!;

        Assert.Equal("minke-t", (string?)json["name"]);
        var bridge = json["plugins"]![0]!;
        Assert.Equal("minke-t0", (string?)bridge["bridge"]);
        Assert.True((bool)bridge["isGateway"]!);
        Assert.True((bool)bridge["hairpinMode"]!);
        Assert.Equal("10.9.0.0/24", (string?)bridge["ipam"]!["ranges"]![0]![0]!["subnet"]);
        Assert.Equal("/data/addresses", (string?)bridge["ipam"]!["dataDir"]);
        Assert.True((bool)json["plugins"]![1]!["capabilities"]!["portMappings"]!);
    }

    [Fact]
    public void MasqueradeRules_ReplaceTheTableInOneTransaction()
    {
        var rules = PodNetwork.MasqueradeRules(Options);

        Assert.StartsWith("add table ip minke-t\ndelete table ip minke-t\ntable ip minke-t {", rules, StringComparison.Ordinal);
        Assert.Contains("ip saddr 10.9.0.0/24 ip daddr != { 10.9.0.0/24, 224.0.0.0/4 } masquerade", rules, StringComparison.Ordinal);
    }

    internal static PodNetworkOptions Options => new()
    {
        Name = "minke-t",
        Bridge = "minke-t0",
        Subnet = IPNetwork.Parse("10.9.0.0/24"),
        ConfigDirectory = "/data/cni",
        AddressDirectory = "/data/addresses",
    };
}
