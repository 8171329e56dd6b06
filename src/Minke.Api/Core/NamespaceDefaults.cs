namespace Minke.Api.Core;

/// <summary>What a namespace has when its manifest does not say otherwise.</summary>
internal static class NamespaceDefaults
{
    private const string NameLabel = "kubernetes.io/metadata.name";

    public static void Apply(Namespace item)
    {
        item.Status.Phase = PodSpecDefaults.Or(item.Status.Phase, "Active");
        if (item.Metadata.Name.Length > 0)
        {
            item.Metadata.Labels[NameLabel] = item.Metadata.Name;
        }
    }
}
