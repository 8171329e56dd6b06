using Minke.Api;
using Minke.Api.Core;

namespace Minke.ApiServer.Resources.Strategies;

/// <summary>Namespaces: they stay, terminating, until a controller has emptied them and takes its finalizer from the spec.</summary>
internal sealed class NamespaceStrategy : KindStrategy<Namespace>
{
    private const string Finalizer = "kubernetes";
    private const string NameLabel = "kubernetes.io/metadata.name";

    /// <summary>The namespaces that the cluster cannot do without.</summary>
    public static IReadOnlyList<string> System { get; } = ["default", "kube-system", "kube-public", "kube-node-lease"];

    public override bool AnswersDeletionWithObject => true;

    public override void CheckDeletion(ApiObject current)
    {
        if (current.Metadata.Name is "default" or "kube-system" or "kube-public")
        {
            throw ApiErrors.Forbidden("", Kinds.Namespace.Plural, current.Metadata.Name, "this namespace may not be deleted");
        }
    }

    protected override void PrepareCreate(Namespace item)
    {
        item.Status = new NamespaceStatus { Phase = "Active" };
        if (!item.Spec.Finalizers.Contains(Finalizer))
        {
            item.Spec.Finalizers.Add(Finalizer);
        }

        item.Metadata.Labels[NameLabel] = item.Metadata.Name;
    }

    protected override void PrepareUpdate(Namespace desired, Namespace current)
    {
        desired.Spec.Finalizers = current.Spec.Clone().Finalizers;
        desired.Status = current.Status.Clone();
        desired.Metadata.Labels[NameLabel] = desired.Metadata.Name;
    }

    protected override void PrepareStatusUpdate(Namespace desired, Namespace current) => desired.Spec = current.Spec.Clone();

    protected override void PrepareFinalize(Namespace desired, Namespace current) => desired.Status = current.Status.Clone();

    protected override void BeginDeletion(Namespace item) => item.Status.Phase = "Terminating";

    protected override bool IsHeldBack(Namespace item) => item.Spec.Finalizers.Count > 0;
}
