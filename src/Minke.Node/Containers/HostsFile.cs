using System.Text;
using Minke.Api.Core;

namespace Minke.Node.Containers;

/// <summary>The <c>/etc/hosts</c> that a pod's containers share.</summary>
public static class HostsFile
{
    private const string Loopback = """
        127.0.0.1	localhost
        ::1	localhost ip6-localhost ip6-loopback
        fe00::	ip6-localnet
        fe00::	ip6-mcastprefix
        fe00::1	ip6-allnodes
        fe00::2	ip6-allrouters

        """;

    /// <param name="nodeHosts">The node's own file, for pods in its network.</param>
    public static string Render(Pod pod, string hostname, string domain, IReadOnlyList<string> addresses, string nodeHosts)
    {
        var text = new StringBuilder("# Managed by the node agent.\n");
        if (pod.Spec.HostNetwork)
        {
            text.Append(nodeHosts);
        }
        else
        {
            text.Append(Loopback);
            foreach (var address in addresses)
            {
                var full = domain.Length > 0 ? $"{hostname}.{domain}\t{hostname}" : hostname;
                text.Append(address).Append('\t').Append(full).Append('\n');
            }
        }

        if (pod.Spec.HostAliases.Count > 0)
        {
            text.Append("\n# From the pod's hostAliases.\n");
            foreach (var alias in pod.Spec.HostAliases)
            {
                text.Append(alias.Ip).Append('\t').AppendJoin('\t', alias.Hostnames).Append('\n');
            }
        }

        return text.ToString();
    }
}
