using Minke.Api;

namespace Minke.Client;

public enum ChangeType
{
    Added,
    Modified,
    Deleted,
}

/// <summary>One change of what an informer knows. A deletion carries the last state that was seen, which need not be the very last one.</summary>
/// <param name="Old">Null when added.</param>
/// <param name="New">Null when deleted.</param>
public readonly record struct Change<T>(ChangeType Type, T? Old, T? New)
    where T : ApiObject
{
    /// <summary>The newest known state.</summary>
    public T Item => (New ?? Old)!;

    public ObjectKey Key => ObjectKey.Of(Item);
}
