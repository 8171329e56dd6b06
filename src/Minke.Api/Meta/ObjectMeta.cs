namespace Minke.Api.Meta;

/// <summary>What every object has.</summary>
public sealed partial class ObjectMeta : ApiType
{
    /// <summary>The object's name, unique among its kind in its namespace.</summary>
    [Field(1)] public partial string Name { get; set; }

    /// <summary>The beginning of a name that the server completes, when no name is given.</summary>
    [Field(2)] public partial string GenerateName { get; set; }

    /// <summary>The space in which the name is unique; empty for cluster-wide kinds.</summary>
    [Field(3)] public partial string Namespace { get; set; }

    /// <summary>No longer set.</summary>
    [Field(4)] public partial string SelfLink { get; set; }

    /// <summary>The object's identity; never used again after it is deleted.</summary>
    [Field(5)] public partial string Uid { get; set; }

    /// <summary>The version of the object; changes with every write.</summary>
    [Field(6, FromRevision = true)]
    public partial string ResourceVersion { get; set; }

    /// <summary>The version of what is wanted; changes when the spec does.</summary>
    [Field(7)] public partial long Generation { get; set; }

    /// <summary>When the object was made.</summary>
    [Field(8, WriteEmpty = true)]
    public partial DateTimeOffset? CreationTimestamp { get; set; }

    /// <summary>When the object is due to be gone; set when its deletion is asked for.</summary>
    [Field(9)] public partial DateTimeOffset? DeletionTimestamp { get; set; }

    /// <summary>How long the object may take to go, in seconds.</summary>
    [Field(10)] public partial long? DeletionGracePeriodSeconds { get; set; }

    /// <summary>Keys and values to select objects by.</summary>
    [Field(11)] public partial ApiMap<string> Labels { get; set; }

    /// <summary>Keys and values to keep with the object.</summary>
    [Field(12)] public partial ApiMap<string> Annotations { get; set; }

    /// <summary>The objects that this one belongs to; it goes when all of them are gone.</summary>
    [Field(13), ListMap("uid"), PatchMerge("uid")]
    public partial ApiList<OwnerReference> OwnerReferences { get; set; }

    /// <summary>Who must finish before the object is removed.</summary>
    [Field(14), ListSet, PatchMerge]
    public partial ApiList<string> Finalizers { get; set; }

    /// <summary>Who manages which fields.</summary>
    [Field(17)] public partial ApiList<ManagedFieldsEntry> ManagedFields { get; set; }
}

/// <summary>An object that another one belongs to.</summary>
[Atomic]
public sealed partial class OwnerReference : ApiType
{
    /// <summary>The owner's group and version.</summary>
    [Field(5), Required]
    public partial string ApiVersion { get; set; }

    /// <summary>The owner's kind.</summary>
    [Field(1), Required]
    public partial string Kind { get; set; }

    /// <summary>The owner's name.</summary>
    [Field(3), Required]
    public partial string Name { get; set; }

    /// <summary>The owner's uid.</summary>
    [Field(4), Required]
    public partial string Uid { get; set; }

    /// <summary>Whether the owner is the one that manages the object.</summary>
    [Field(6)] public partial bool? Controller { get; set; }

    /// <summary>Whether the owner, deleted in the foreground, waits for the object to go.</summary>
    [Field(7)] public partial bool? BlockOwnerDeletion { get; set; }
}

/// <summary>The fields that one manager manages.</summary>
public sealed partial class ManagedFieldsEntry : ApiType
{
    /// <summary>The manager's name.</summary>
    [Field(1)] public partial string Manager { get; set; }

    /// <summary>Apply or Update.</summary>
    [Field(2)] public partial string Operation { get; set; }

    /// <summary>The version in which the fields are meant.</summary>
    [Field(3)] public partial string ApiVersion { get; set; }

    /// <summary>When the entry last changed.</summary>
    [Field(4)] public partial DateTimeOffset? Time { get; set; }

    /// <summary>The form of the fields: FieldsV1.</summary>
    [Field(6)] public partial string FieldsType { get; set; }

    /// <summary>The fields.</summary>
    [Field(7)] public partial RawJson? FieldsV1 { get; set; }

    /// <summary>The subresource that was written, if any.</summary>
    [Field(8)] public partial string Subresource { get; set; }
}

/// <summary>What every list has.</summary>
public sealed partial class ListMeta : ApiType
{
    /// <summary>No longer set.</summary>
    [Field(1)] public partial string SelfLink { get; set; }

    /// <summary>The version as of which the list was made; a watch goes on from it.</summary>
    [Field(2)] public partial string ResourceVersion { get; set; }

    /// <summary>The token for the rest of the list.</summary>
    [Field(3)] public partial string Continue { get; set; }

    /// <summary>How many items the rest has, where that is known.</summary>
    [Field(4)] public partial long? RemainingItemCount { get; set; }
}
