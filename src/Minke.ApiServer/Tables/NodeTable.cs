using Minke.Api.Core;

namespace Minke.ApiServer.Tables;

/// <summary>The table of nodes.</summary>
internal static class NodeTable
{
    private const string RolePrefix = "node-role.kubernetes.io/";
    private const string RoleLabel = "kubernetes.io/role";

    public static TablePrinter Printer { get; } = TablePrinter.For<Node>(
        [
            TableColumn.NameColumn,
            new("Status", "Ready, NotReady or Unknown, and whether new pods are kept away."),
            new("Roles", "The roles that the node's labels name."),
            TableColumn.AgeColumn,
            new("Version", "The version of the node agent."),
            new("Internal-IP", "The node's address within the cluster.", Priority: 1),
            new("External-IP", "The node's address for the outside.", Priority: 1),
            new("OS-Image", "The operating system.", Priority: 1),
            new("Kernel-Version", "The kernel.", Priority: 1),
            new("Container-Runtime", "The container runtime and its version.", Priority: 1),
        ],
        (row, node) =>
        {
            row.Name(node);
            row.Text(StatusOf(node));
            row.TextOrNone(RolesOf(node));
            row.Age(node);
            row.Text(node.Status.NodeInfo.KubeletVersion);
            row.TextOrNone(AddressOf(node, "InternalIP"));
            row.TextOrNone(AddressOf(node, "ExternalIP"));
            row.Text(OrUnknown(node.Status.NodeInfo.OsImage));
            row.Text(OrUnknown(node.Status.NodeInfo.KernelVersion));
            row.Text(OrUnknown(node.Status.NodeInfo.ContainerRuntimeVersion));
        });

    private static string StatusOf(Node node)
    {
        var ready = node.Status.Conditions.FirstOrDefault(c => c.Type == "Ready");
        var status = ready is null ? "Unknown" : ready.Status == "True" ? "Ready" : "NotReady";
        return node.Spec.Unschedulable ? status + ",SchedulingDisabled" : status;
    }

    private static string RolesOf(Node node)
    {
        var roles = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (key, value) in node.Metadata.Labels)
        {
            if (key.StartsWith(RolePrefix, StringComparison.Ordinal) && key.Length > RolePrefix.Length)
            {
                roles.Add(key[RolePrefix.Length..]);
            }
            else if (key == RoleLabel && value.Length > 0)
            {
                roles.Add(value);
            }
        }

        return string.Join(',', roles);
    }

    private static string AddressOf(Node node, string type) => node.Status.Addresses.FirstOrDefault(a => a.Type == type)?.Address ?? "";

    private static string OrUnknown(string value) => value.Length == 0 ? "<unknown>" : value;
}
