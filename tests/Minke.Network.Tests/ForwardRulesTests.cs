namespace Minke.Network.Tests;

public sealed class ForwardRulesTests
{
    private const string Dropping =
        "table ip filter {\n\tchain FORWARD {\n\t\ttype filter hook forward priority filter; policy drop;\n"
        + "\t\tiifname \"minke-a\" counter packets 0 bytes 0 accept\n\t}\n}\n";

    [Fact]
    public void DroppingChain_IsToldFromAnAcceptingOrMissingOne()
    {
        Assert.True(ForwardRules.DropsByDefault(Dropping));
        Assert.False(ForwardRules.DropsByDefault(Dropping.Replace("policy drop", "policy accept", StringComparison.Ordinal)));
        Assert.False(ForwardRules.DropsByDefault(""));
    }

    [Theory]
    [InlineData("minke-a", true)]
    [InlineData("minke", false)]
    public void AcceptedBridge_IsFoundByItsWholeName(string bridge, bool accepted) => Assert.Equal(accepted, ForwardRules.Accepts(Dropping, bridge));
}
