namespace Minke.Client;

/// <summary>Orders keys by namespace, then by name, ordinally: the same order in every process, so that a simulation can be replayed.</summary>
public sealed class ObjectKeyComparer : IComparer<ObjectKey>
{
    public static ObjectKeyComparer Instance { get; } = new();

    public int Compare(ObjectKey x, ObjectKey y)
    {
        var byNamespace = string.CompareOrdinal(x.Namespace, y.Namespace);
        return byNamespace != 0 ? byNamespace : string.CompareOrdinal(x.Name, y.Name);
    }
}
