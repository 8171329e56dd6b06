namespace Minke.Api.Meta;

public sealed partial class ObjectMeta : ApiType
{
    [Field(1)] public partial string Name { get; set; }

    [Field(2)] public partial string GenerateName { get; set; }

    [Field(3)] public partial string Namespace { get; set; }

    [Field(4)] public partial string SelfLink { get; set; }

    [Field(5)] public partial string Uid { get; set; }

    [Field(6, FromRevision = true)]
    public partial string ResourceVersion { get; set; }

    [Field(7)] public partial long Generation { get; set; }

    [Field(8, WriteEmpty = true)]
    public partial DateTimeOffset? CreationTimestamp { get; set; }

    [Field(9)] public partial DateTimeOffset? DeletionTimestamp { get; set; }

    [Field(10)] public partial long? DeletionGracePeriodSeconds { get; set; }

    [Field(11)] public partial ApiMap<string> Labels { get; set; }

    [Field(12)] public partial ApiMap<string> Annotations { get; set; }

    [Field(13), ListMap("uid"), PatchMerge("uid")]
    public partial ApiList<OwnerReference> OwnerReferences { get; set; }

    [Field(14), ListSet, PatchMerge]
    public partial ApiList<string> Finalizers { get; set; }

    [Field(17)] public partial ApiList<ManagedFieldsEntry> ManagedFields { get; set; }
}

[Atomic]
public sealed partial class OwnerReference : ApiType
{
    [Field(5), Required]
    public partial string ApiVersion { get; set; }

    [Field(1), Required]
    public partial string Kind { get; set; }

    [Field(3), Required]
    public partial string Name { get; set; }

    [Field(4), Required]
    public partial string Uid { get; set; }

    [Field(6)] public partial bool? Controller { get; set; }

    [Field(7)] public partial bool? BlockOwnerDeletion { get; set; }
}

public sealed partial class ManagedFieldsEntry : ApiType
{
    [Field(1)] public partial string Manager { get; set; }

    [Field(2)] public partial string Operation { get; set; }

    [Field(3)] public partial string ApiVersion { get; set; }

    [Field(4)] public partial DateTimeOffset? Time { get; set; }

    [Field(6)] public partial string FieldsType { get; set; }

    [Field(7)] public partial RawJson? FieldsV1 { get; set; }

    [Field(8)] public partial string Subresource { get; set; }
}

public sealed partial class ListMeta : ApiType
{
    [Field(1)] public partial string SelfLink { get; set; }

    [Field(2)] public partial string ResourceVersion { get; set; }

    [Field(3)] public partial string Continue { get; set; }

    [Field(4)] public partial long? RemainingItemCount { get; set; }
}
