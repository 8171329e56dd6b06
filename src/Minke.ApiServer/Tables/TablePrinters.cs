using System.Collections.Frozen;
using Minke.Api;
using Minke.Api.Coordination;
using Minke.Api.Core;

namespace Minke.ApiServer.Tables;

/// <summary>The table of every kind. Column names and contents are those that kubectl users know from Kubernetes.</summary>
public static class TablePrinters
{
    private static readonly FrozenDictionary<string, TablePrinter> s_byPlural = new Dictionary<string, TablePrinter>
    {
        ["pods"] = PodTable.Printer,
        ["nodes"] = NodeTable.Printer,
        ["events"] = EventTable.Printer,
        ["replicationcontrollers"] = ReplicationControllers(),
        ["namespaces"] = Namespaces(),
        ["configmaps"] = ConfigMaps(),
        ["secrets"] = Secrets(),
        ["serviceaccounts"] = ServiceAccounts(),
        ["leases"] = Leases(),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static TablePrinter For(KindInfo kind) => s_byPlural.GetValueOrDefault(kind.Plural, TablePrinter.Default);

    private static TablePrinter ReplicationControllers() => TablePrinter.For<ReplicationController>(
        [
            TableColumn.NameColumn,
            new("Desired", "How many pods are wanted.", "integer"),
            new("Current", "How many pods there are.", "integer"),
            new("Ready", "How many of the pods are ready.", "integer"),
            TableColumn.AgeColumn,
            new("Containers", "The names of the template's containers.", Priority: 1),
            new("Images", "The images of the template's containers.", Priority: 1),
            new("Selector", "The labels by which pods are counted.", Priority: 1),
        ],
        (row, rc) =>
        {
            row.Name(rc);
            row.Number(rc.Spec.Replicas ?? 1);
            row.Number(rc.Status.Replicas);
            row.Number(rc.Status.ReadyReplicas);
            row.Age(rc);
            row.Text(string.Join(',', rc.Spec.Template?.Spec.Containers.Select(c => c.Name) ?? []));
            row.Text(string.Join(',', rc.Spec.Template?.Spec.Containers.Select(c => c.Image) ?? []));
            row.Labels(rc.Spec.Selector);
        });

    private static TablePrinter Namespaces() => TablePrinter.For<Namespace>(
        [TableColumn.NameColumn, new("Status", "Active, or Terminating while the content is deleted."), TableColumn.AgeColumn],
        (row, ns) =>
        {
            row.Name(ns);
            row.Text(ns.Status.Phase);
            row.Age(ns);
        });

    private static TablePrinter ConfigMaps() => TablePrinter.For<ConfigMap>(
        [TableColumn.NameColumn, new("Data", "How many keys there are."), TableColumn.AgeColumn],
        (row, map) =>
        {
            row.Name(map);
            row.Number(map.Data.Count + map.BinaryData.Count);
            row.Age(map);
        });

    private static TablePrinter Secrets() => TablePrinter.For<Secret>(
        [
            TableColumn.NameColumn,
            new("Type", "What the secret is for."),
            new("Data", "How many keys there are."),
            TableColumn.AgeColumn,
        ],
        (row, secret) =>
        {
            row.Name(secret);
            row.Text(secret.Type);
            row.Number(secret.Data.Count);
            row.Age(secret);
        });

    private static TablePrinter ServiceAccounts() => TablePrinter.For<ServiceAccount>(
        [TableColumn.NameColumn, new("Secrets", "How many secrets pods of this account may mount."), TableColumn.AgeColumn],
        (row, account) =>
        {
            row.Name(account);
            row.Number(account.Secrets.Count);
            row.Age(account);
        });

    private static TablePrinter Leases() => TablePrinter.For<Lease>(
        [TableColumn.NameColumn, new("Holder", "Who holds the lease."), TableColumn.AgeColumn],
        (row, lease) =>
        {
            row.Name(lease);
            row.Text(lease.Spec.HolderIdentity ?? "");
            row.Age(lease);
        });
}
