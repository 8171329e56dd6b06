using System.Net;
using System.Net.NetworkInformation;
using System.Text;
using Minke.Host;

namespace Minke.Network;

/// <summary>
/// The network of one machine's pods: a bridge that the CNI plugins plug each pod into, and one nftables table that lets pods reach the world under the
/// machine's address. The container runtime calls the plugins; this class configures them and removes what they leave.
/// </summary>
/// <remarks>
/// The bridge plugin could masquerade by itself (<c>ipMasq</c>), but it then runs iptables several times for each pod and leaves chains behind when a pod's
/// removal is interrupted. One static rule for the whole subnet does the same.
/// </remarks>
public sealed class PodNetwork(PodNetworkOptions options, HostCommand command)
{
    // libcni's default cache; the runtime does not offer another one.
    private const string ResultCache = "/var/lib/cni/results";

    /// <summary>Writes the CNI configuration; the runtime reads it from then on.</summary>
    public void WriteConfiguration()
    {
        Directory.CreateDirectory(options.ConfigDirectory);
        Directory.CreateDirectory(options.AddressDirectory);
        var file = Path.Combine(options.ConfigDirectory, "10-minke.conflist");
        var content = CniConfigList.Render(options);
        if (!File.Exists(file) || !File.ReadAllBytes(file).AsSpan().SequenceEqual(content))
        {
            File.WriteAllBytes(file + ".next", content);
            File.Move(file + ".next", file, overwrite: true);
        }
    }

    /// <summary>Lets pods reach addresses outside their own network, and each other. Replaces what an earlier run left.</summary>
    /// <exception cref="HostCommandException">nft or iptables is missing or refuses.</exception>
    public async Task EnableRoutingAsync(CancellationToken cancellationToken)
    {
        await ApplyAsync(MasqueradeRules(options), cancellationToken);
        var forward = await ListForwardChainAsync(cancellationToken);
        if (ForwardRules.DropsByDefault(forward) && !ForwardRules.Accepts(forward, options.Bridge))
        {
            await ChangeForwardRulesAsync("-I", cancellationToken);
        }
    }

    /// <summary>
    /// The interface that already uses addresses of the pods' subnet, or null. Pods on addresses that the machine routes elsewhere cannot be reached.
    /// </summary>
    public string? FindConflictingInterface() =>
        NetworkInterface.GetAllNetworkInterfaces()
            .Where(i => i.Name != options.Bridge)
            .FirstOrDefault(i => i.GetIPProperties().UnicastAddresses.Any(Overlaps))?.Name;

    /// <summary>Removes everything that the network and its plugins put on the machine. The pods must be gone.</summary>
    /// <exception cref="HostCommandException">A rule cannot be removed.</exception>
    public async Task RemoveAsync(CancellationToken cancellationToken)
    {
        await RemoveHostPortRulesAsync(cancellationToken);
        await RemoveForwardRulesAsync(cancellationToken);
        await ApplyAsync($"add table ip {options.Name}\ndelete table ip {options.Name}\n", cancellationToken);
        foreach (var port in NetworkLinks.ListBridgePorts(options.Bridge))
        {
            NetworkLinks.Delete(port);
        }

        NetworkLinks.Delete(options.Bridge);
        RemoveCachedResults();
    }

    internal static string MasqueradeRules(PodNetworkOptions options) =>
        $$"""
        add table ip {{options.Name}}
        delete table ip {{options.Name}}
        table ip {{options.Name}} {
            chain postrouting {
                type nat hook postrouting priority srcnat; policy accept;
                ip saddr {{options.Subnet}} ip daddr != { {{options.Subnet}}, 224.0.0.0/4 } masquerade
            }
        }

        """;

    private async Task ApplyAsync(string rules, CancellationToken cancellationToken)
    {
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(rules));
        await command.CheckAsync("nft", ["-f", "-"], input, null, cancellationToken);
    }

    private async Task<string> ListForwardChainAsync(CancellationToken cancellationToken)
    {
        // There is no such chain unless someone uses iptables; asking iptables itself would make it.
        var listing = await command.RunAsync("nft", ["list", "chain", "ip", "filter", "FORWARD"], null, null, cancellationToken);
        return listing.ExitCode == 0 ? listing.Output : "";
    }

    private async Task RemoveForwardRulesAsync(CancellationToken cancellationToken)
    {
        if (ForwardRules.Accepts(await ListForwardChainAsync(cancellationToken), options.Bridge))
        {
            await ChangeForwardRulesAsync("-D", cancellationToken);
        }
    }

    private async Task ChangeForwardRulesAsync(string action, CancellationToken cancellationToken)
    {
        foreach (var rule in ForwardRules.For(options))
        {
            await command.CheckAsync("iptables", ["-w", action, "FORWARD", .. rule], null, null, cancellationToken);
        }
    }

    private async Task RemoveHostPortRulesAsync(CancellationToken cancellationToken)
    {
        var saved = await command.CheckAsync("iptables-save", ["-t", "nat"], null, null, cancellationToken);
        if (HostPortRules.RenderRemoval(saved, options.Name) is { } removal)
        {
            using var input = new MemoryStream(Encoding.UTF8.GetBytes(removal));
            await command.CheckAsync("iptables-restore", ["--noflush"], input, null, cancellationToken);
        }

        await RemoveEmptyNatTableAsync(cancellationToken);
    }

    // iptables makes its table when it is first asked anything, and never removes it. Without rules nobody misses it: it is made again on demand.
    private async Task RemoveEmptyNatTableAsync(CancellationToken cancellationToken)
    {
        var listing = await command.RunAsync("nft", ["list", "table", "ip", "nat"], null, null, cancellationToken);
        if (listing.ExitCode == 0 && HostPortRules.HasNoRules(listing.Output))
        {
            await ApplyAsync("delete table ip nat\n", cancellationToken);
        }
    }

    private void RemoveCachedResults()
    {
        if (!Directory.Exists(ResultCache))
        {
            return;
        }

        foreach (var file in Directory.EnumerateFiles(ResultCache, options.Name + "-*"))
        {
            // Names are NETWORK-CONTAINER-INTERFACE, and another network's name may begin with this one's: a container's id has no dash.
            if (Path.GetFileName(file)[(options.Name.Length + 1)..].Split('-') is [var container, _])
            {
                File.Delete(Path.Combine(ResultCache, $"cni-loopback-{container}-lo"));
                File.Delete(file);
            }
        }
    }

    private bool Overlaps(UnicastIPAddressInformation own)
    {
        if (own.Address.AddressFamily != options.Subnet.BaseAddress.AddressFamily)
        {
            return false;
        }

        return options.Subnet.Contains(own.Address)
            || NetworkOf(own.Address, own.PrefixLength).Contains(options.Subnet.BaseAddress);
    }

    private static IPNetwork NetworkOf(IPAddress address, int prefixLength)
    {
        var bytes = address.GetAddressBytes();
        for (var bit = prefixLength; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        return new IPNetwork(new IPAddress(bytes), prefixLength);
    }
}
