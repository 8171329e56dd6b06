using Minke.Api;
using Minke.Api.Core;

namespace Minke.Client;

/// <summary>
/// What the scheduler, every controller and the node agent see of the cluster. In the same process it is a direct call that shares frozen
/// objects; from another machine it is HTTPS. Every failure that the API answers with a <c>Status</c> is an <see cref="ApiException"/>; so is a server
/// that cannot be reached or does not answer in time (a transient one), after which it is not known whether a write took effect.
/// Objects that come back may be frozen: clone before changing.
/// </summary>
public interface IObjectClient
{
    Task<T> GetAsync<T>(ObjectKey key, CancellationToken cancellationToken) where T : ApiObject, new();

    Task<ObjectList<T>> ListAsync<T>(ListRequest request, CancellationToken cancellationToken) where T : ApiObject, new();

    /// <summary>
    /// Changes after <see cref="WatchRequest.ResourceVersion"/>, in order, until the server or the caller ends the watch (the enumeration
    /// then completes) or it fails. A too old version is an <see cref="ApiException"/> with code 410, at the call or as an event's consequence.
    /// </summary>
    IAsyncEnumerable<WatchEvent<T>> WatchAsync<T>(WatchRequest request, CancellationToken cancellationToken) where T : ApiObject, new();

    Task<T> CreateAsync<T>(T item, CancellationToken cancellationToken) where T : ApiObject, new();

    /// <summary>Replaces everything but the status. With a resourceVersion in the metadata, only if that is still the newest.</summary>
    Task<T> UpdateAsync<T>(T item, CancellationToken cancellationToken) where T : ApiObject, new();

    /// <summary>Replaces the status only.</summary>
    Task<T> UpdateStatusAsync<T>(T item, CancellationToken cancellationToken) where T : ApiObject, new();

    Task<T> PatchAsync<T>(ObjectKey key, PatchBody patch, string? subresource, CancellationToken cancellationToken) where T : ApiObject, new();

    Task DeleteAsync<T>(ObjectKey key, DeleteRequest request, CancellationToken cancellationToken) where T : ApiObject, new();

    /// <summary>Binds a pod to a node (the pod's <c>binding</c> subresource).</summary>
    Task BindAsync(ObjectKey pod, string? podUid, string nodeName, CancellationToken cancellationToken);

    /// <summary>Replaces the finalizers in a namespace's spec only (its <c>finalize</c> subresource); without any, a deleted namespace goes.</summary>
    Task<Namespace> FinalizeAsync(Namespace item, CancellationToken cancellationToken);
}

/// <summary>Names one object of a kind. The namespace is empty for cluster-wide kinds.</summary>
public readonly record struct ObjectKey(string Namespace, string Name)
{
    public static ObjectKey Of(ApiObject item) => new(item.Metadata.Namespace, item.Metadata.Name);

    public override string ToString() => Namespace.Length == 0 ? Name : $"{Namespace}/{Name}";
}

/// <summary>A list as of one revision. Items may be frozen.</summary>
public sealed record ObjectList<T>(IReadOnlyList<T> Items, string ResourceVersion, string Continue) where T : ApiObject;

/// <summary>Selectors are in the query form, for example <c>app=web,tier!=db</c> and <c>spec.nodeName=n1</c>.</summary>
public sealed record ListRequest
{
    /// <summary>Empty: all namespaces.</summary>
    public string Namespace { get; init; } = "";
    public string LabelSelector { get; init; } = "";
    public string FieldSelector { get; init; } = "";
    /// <summary>Empty: the newest state. "0": any cached state.</summary>
    public string ResourceVersion { get; init; } = "";
    public int Limit { get; init; }
    public string Continue { get; init; } = "";
}

public sealed record WatchRequest
{
    public string Namespace { get; init; } = "";
    public string LabelSelector { get; init; } = "";
    public string FieldSelector { get; init; } = "";
    public string ResourceVersion { get; init; } = "";
}

public enum WatchEventType
{
    Added,
    Modified,
    Deleted,
    /// <summary>No change; the item carries only a resourceVersion up to which everything was delivered.</summary>
    Bookmark,
}

public readonly record struct WatchEvent<T>(WatchEventType Type, T Item) where T : ApiObject;

public enum PatchType
{
    Json,
    Merge,
    StrategicMerge,
    Apply,
}

/// <param name="FieldManager">Required for <see cref="PatchType.Apply"/>.</param>
public sealed record PatchBody(PatchType Type, ReadOnlyMemory<byte> Json, string FieldManager = "", bool Force = false);

public sealed record DeleteRequest
{
    public long? GracePeriodSeconds { get; init; }
    /// <summary>Only if the object still has this uid.</summary>
    public string? Uid { get; init; }
    public string? ResourceVersion { get; init; }
    /// <summary>Background, Foreground or Orphan; null: the kind's default.</summary>
    public string? PropagationPolicy { get; init; }
}
