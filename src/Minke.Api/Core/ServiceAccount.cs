namespace Minke.Api.Core;

[Kind("serviceaccounts", ShortNames = ["sa"])]
public sealed partial class ServiceAccount : ApiObject
{
    [Field(2), ListMap("name"), PatchMerge("name")]
    public partial ApiList<ObjectReference> Secrets { get; set; }

    [Field(3)] public partial ApiList<LocalObjectReference> ImagePullSecrets { get; set; }

    [Field(4)] public partial bool? AutomountServiceAccountToken { get; set; }
}
