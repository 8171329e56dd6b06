namespace Minke.Network;

/// <summary>
/// The rules that let pods' packets through where the machine drops what it forwards, as it does once Docker is installed: that an nftables table of
/// Minke's own accepts them would not help, since every table must.
/// </summary>
internal static class ForwardRules
{
    /// <summary>The arguments of iptables for each rule, after the chain.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> For(PodNetworkOptions options) =>
    [
        ["-i", options.Bridge, "-m", "comment", "--comment", options.Name, "-j", "ACCEPT"],
        ["-o", options.Bridge, "-m", "comment", "--comment", options.Name, "-j", "ACCEPT"],
    ];

    /// <param name="chain">What <c>nft list chain ip filter FORWARD</c> printed; empty: there is none.</param>
    public static bool DropsByDefault(string chain) =>
        chain.Contains("hook forward ", StringComparison.Ordinal) && chain.Contains("policy drop;", StringComparison.Ordinal);

    /// <inheritdoc cref="DropsByDefault"/>
    public static bool Accepts(string chain, string bridge) =>
        chain.Split('\n').Any(l => l.Contains($"ifname \"{bridge}\"", StringComparison.Ordinal) && l.TrimEnd().EndsWith("accept", StringComparison.Ordinal));
}
