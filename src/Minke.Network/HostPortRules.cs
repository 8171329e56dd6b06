using System.Text;

namespace Minke.Network;

/// <summary>
/// What the CNI portmap plugin leaves in the iptables nat table when a pod's removal was interrupted. Per pod it makes a chain CNI-DN-… and a rule that
/// jumps there, marked with a comment that names the network; all networks share the chains CNI-HOSTPORT-….
/// </summary>
internal static class HostPortRules
{
    private const string DispatchChain = "CNI-HOSTPORT-DNAT";
    private static readonly string[] SharedChains = [DispatchChain, "CNI-HOSTPORT-SETMARK", "CNI-HOSTPORT-MASQ"];

    /// <summary>
    /// The input for <c>iptables-restore --noflush</c> that removes one network's rules, and the shared chains too when no other network uses them; null when
    /// there is nothing to remove.
    /// </summary>
    /// <param name="saved">What <c>iptables-save -t nat</c> printed.</param>
    public static string? RenderRemoval(string saved, string network)
    {
        var lines = saved.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var chains = lines.Where(l => l.StartsWith(':')).Select(l => l[1..l.IndexOf(' ')]).ToHashSet();
        var rules = lines.Where(l => l.StartsWith("-A ", StringComparison.Ordinal)).ToList();

        var own = rules.Where(r => r.Contains($"name: \\\"{network}\\\" ", StringComparison.Ordinal)).ToList();
        var doomedChains = own.Select(Target).Where(c => c.StartsWith("CNI-", StringComparison.Ordinal) && !SharedChains.Contains(c)).ToHashSet();
        var shared = SharedChains.Where(chains.Contains).ToList();
        if (shared.Count > 0 && !rules.Except(own).Any(r => Chain(r) == DispatchChain))
        {
            doomedChains.UnionWith(shared);
        }

        if (own.Count == 0 && doomedChains.Count == 0)
        {
            return null;
        }

        var doomedRules = rules.Where(r => doomedChains.Contains(Target(r)) || own.Contains(r));
        return Render(doomedRules, doomedChains);
    }

    /// <summary>Whether a table, as <c>nft list table</c> prints it, has no more than empty built-in chains that accept everything.</summary>
    public static bool HasNoRules(string listing) =>
        listing.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).All(line =>
            line is "}" || line.StartsWith("table ", StringComparison.Ordinal)
            || (line.StartsWith("chain ", StringComparison.Ordinal) && line.EndsWith('{'))
            || (line.StartsWith("type ", StringComparison.Ordinal) && line.EndsWith("policy accept;", StringComparison.Ordinal)));

    private static string Render(IEnumerable<string> rules, IReadOnlyCollection<string> chains)
    {
        var text = new StringBuilder("*nat\n");
        foreach (var rule in rules.Where(r => !chains.Contains(Chain(r))))
        {
            text.Append("-D").Append(rule.AsSpan(2)).Append('\n');
        }

        foreach (var chain in chains)
        {
            text.Append("-F ").Append(chain).Append('\n');
        }

        foreach (var chain in chains)
        {
            text.Append("-X ").Append(chain).Append('\n');
        }

        return text.Append("COMMIT\n").ToString();
    }

    private static string Chain(string rule) => rule.Split(' ')[1];

    private static string Target(string rule)
    {
        var at = rule.LastIndexOf(" -j ", StringComparison.Ordinal);
        return at < 0 ? "" : rule[(at + 4)..].Split(' ')[0];
    }
}
