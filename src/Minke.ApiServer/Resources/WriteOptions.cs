using Minke.Api;

namespace Minke.ApiServer.Resources;

/// <summary>How a write is to be done.</summary>
public sealed record WriteOptions
{
    public static WriteOptions Default { get; } = new();

    /// <summary>Go through everything except the commit.</summary>
    public bool DryRun { get; init; }

    /// <summary>
    /// Who owns the fields that are written. Empty: a create leaves the object untracked, which is cheaper and only means that its fields count
    /// as those of an unknown manager once somebody applies a configuration to it.
    /// </summary>
    public string FieldManager { get; init; } = "";

    /// <summary>The subresource that is written to; empty: the object itself.</summary>
    public string Subresource { get; init; } = "";
}

/// <summary>How an object is to be deleted.</summary>
public sealed record DeletionOptions
{
    public static DeletionOptions Default { get; } = new();

    /// <summary>Seconds that the object gets to end by itself; null: what the object says.</summary>
    public long? GracePeriodSeconds { get; init; }

    /// <summary>Only if the object still has this uid.</summary>
    public string? Uid { get; init; }

    /// <summary>Only if the object still is at this version.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>What becomes of the objects that it owns; null: what the kind's default says.</summary>
    public PropagationPolicy? Propagation { get; init; }

    public bool DryRun { get; init; }
}

/// <summary>What becomes of the objects that a deleted object owns.</summary>
public enum PropagationPolicy
{
    /// <summary>They are deleted after it.</summary>
    Background,
    /// <summary>They are deleted before it.</summary>
    Foreground,
    /// <summary>They stay, without an owner.</summary>
    Orphan,
}

/// <summary>Which part of an object a write may change.</summary>
public enum UpdateScope
{
    /// <summary>Everything but the status.</summary>
    Main,
    Status,
    /// <summary>The finalizers of a namespace's spec.</summary>
    Finalize,
    /// <summary>A change that the server itself makes and that the kind's rules for updates would refuse, such as a binding.</summary>
    Internal,
}

/// <summary>The names of <see cref="PropagationPolicy"/> in the API.</summary>
public static class PropagationPolicies
{
    /// <exception cref="ApiException">There is no such policy (400).</exception>
    public static PropagationPolicy Parse(string name) => name switch
    {
        "Background" => PropagationPolicy.Background,
        "Foreground" => PropagationPolicy.Foreground,
        "Orphan" => PropagationPolicy.Orphan,
        _ => throw ApiErrors.BadRequest(
            $"propagationPolicy: Unsupported value: \"{name}\": supported values: \"Background\", \"Foreground\", \"Orphan\""),
    };
}

/// <summary>Which part of an object a subresource is.</summary>
public static class UpdateScopes
{
    /// <exception cref="ApiException">The kind has no such subresource that can be updated (404).</exception>
    public static UpdateScope Of(KindInfo kind, string subresource) => subresource switch
    {
        "" => UpdateScope.Main,
        "status" when kind.HasStatus => UpdateScope.Status,
        "finalize" when kind == Kinds.Namespace => UpdateScope.Finalize,
        _ => throw ApiErrors.NoSuchPath(),
    };
}
