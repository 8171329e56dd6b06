namespace Minke.Api.Core;

/// <summary>An identity for pods.</summary>
[Kind("serviceaccounts", ShortNames = ["sa"])]
public sealed partial class ServiceAccount : ApiObject
{
    /// <summary>Secrets that its pods may use.</summary>
    [Field(2), ListMap("name"), PatchMerge("name")]
    public partial ApiList<ObjectReference> Secrets { get; set; }

    /// <summary>Secrets with the credentials for pulling images, for its pods.</summary>
    [Field(3)] public partial ApiList<LocalObjectReference> ImagePullSecrets { get; set; }

    /// <summary>Whether its token is mounted into its pods.</summary>
    [Field(4)] public partial bool? AutomountServiceAccountToken { get; set; }
}
