namespace Minke.Network.Tests;

public sealed class HostPortRulesTests
{
    private const string Shared =
        """
        *nat
        :PREROUTING ACCEPT [0:0]
        :POSTROUTING ACCEPT [0:0]
        :OUTPUT ACCEPT [0:0]
        :CNI-DN-aaaa - [0:0]
        :CNI-DN-bbbb - [0:0]
        :CNI-HOSTPORT-DNAT - [0:0]
        :CNI-HOSTPORT-MASQ - [0:0]
        :CNI-HOSTPORT-SETMARK - [0:0]
        -A PREROUTING -m addrtype --dst-type LOCAL -j CNI-HOSTPORT-DNAT
        -A OUTPUT -m addrtype --dst-type LOCAL -j CNI-HOSTPORT-DNAT
        -A POSTROUTING -m comment --comment "CNI portfwd requiring masquerade" -j CNI-HOSTPORT-MASQ
        -A CNI-DN-aaaa -s 10.0.0.0/24 -p tcp -m tcp --dport 80 -j CNI-HOSTPORT-SETMARK
        -A CNI-DN-aaaa -p tcp -m tcp --dport 80 -j DNAT --to-destination 10.0.0.2:80
        -A CNI-HOSTPORT-DNAT -p tcp -m comment --comment "dnat name: \"minke\" id: \"c1\"" -m multiport --dports 80 -j CNI-DN-aaaa
        -A CNI-HOSTPORT-MASQ -m mark --mark 0x2000/0x2000 -j MASQUERADE
        -A CNI-HOSTPORT-SETMARK -m comment --comment "CNI portfwd masquerade mark" -j MARK --set-xmark 0x2000/0x2000

        """;

    private const string OtherNetwork =
        """-A CNI-HOSTPORT-DNAT -p tcp -m comment --comment "dnat name: \"minke-2\" id: \"c2\"" -m multiport --dports 81 -j CNI-DN-bbbb""" + "\n";

    [Fact]
    public void OnlyOwnNetworkUsesTheSharedChains_RemovesThemToo()
    {
        var removal = HostPortRules.RenderRemoval(Shared, "minke");

        Assert.NotNull(removal);
        Assert.Contains("-D PREROUTING -m addrtype --dst-type LOCAL -j CNI-HOSTPORT-DNAT\n", removal, StringComparison.Ordinal);
        foreach (var chain in new[] { "CNI-DN-aaaa", "CNI-HOSTPORT-DNAT", "CNI-HOSTPORT-MASQ", "CNI-HOSTPORT-SETMARK" })
        {
            Assert.Contains($"-F {chain}\n", removal, StringComparison.Ordinal);
            Assert.Contains($"-X {chain}\n", removal, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AnotherNetworkUsesTheSharedChains_RemovesOnlyTheOwnChain()
    {
        var removal = HostPortRules.RenderRemoval(Shared + OtherNetwork, "minke");

        Assert.Equal(
            """
            *nat
            -D CNI-HOSTPORT-DNAT -p tcp -m comment --comment "dnat name: \"minke\" id: \"c1\"" -m multiport --dports 80 -j CNI-DN-aaaa
            -F CNI-DN-aaaa
            -X CNI-DN-aaaa
            COMMIT

            """,
            removal);
    }

    [Fact]
    public void NoRulesOfTheNetworkAndOthersUseTheSharedChains_NothingToRemove() =>
        Assert.Null(HostPortRules.RenderRemoval(Shared, "minke-2"));

    [Fact]
    public void EmptyTable_NothingToRemove() => Assert.Null(HostPortRules.RenderRemoval("*nat\n:PREROUTING ACCEPT [0:0]\nCOMMIT\n", "minke"));

    [Theory]
    [InlineData("table ip nat {\n\tchain PREROUTING {\n\t\ttype nat hook prerouting priority dstnat; policy accept;\n\t}\n}\n", true)]
    [InlineData("table ip nat {\n\tchain PREROUTING {\n\t\ttype nat hook prerouting priority dstnat; policy accept;\n\t\tcounter packets 0\n\t}\n}\n", false)]
    [InlineData("table ip nat {\n\tchain PREROUTING {\n\t\ttype nat hook prerouting priority dstnat; policy drop;\n\t}\n}\n", false)]
    public void Table_HasNoRulesOnlyWhenNothingButAcceptingChainsIsInIt(string listing, bool empty) => Assert.Equal(empty, HostPortRules.HasNoRules(listing));
}
