using Minke.Api;
using Minke.Api.Core;
using Minke.Api.Meta;

namespace Minke.Client;

/// <summary>Makes references from one object to another.</summary>
public static class References
{
    /// <summary>How an event names the object it is about.</summary>
    public static ObjectReference To(ApiObject item) => new()
    {
        Kind = item.Kind,
        ApiVersion = item.ApiVersion,
        Namespace = item.Metadata.Namespace,
        Name = item.Metadata.Name,
        Uid = item.Metadata.Uid,
        ResourceVersion = item.Metadata.ResourceVersion,
    };

    /// <summary>How an object names the controller that manages it.</summary>
    public static OwnerReference ToController(ApiObject owner) => new()
    {
        Kind = owner.Kind,
        ApiVersion = owner.ApiVersion,
        Name = owner.Metadata.Name,
        Uid = owner.Metadata.Uid,
        Controller = true,
        BlockOwnerDeletion = true,
    };

    /// <summary>The owner that manages the object; null when there is none.</summary>
    public static OwnerReference? ControllerOf(ApiObject item)
    {
        foreach (var owner in item.Metadata.OwnerReferences)
        {
            if (owner.Controller == true)
            {
                return owner;
            }
        }

        return null;
    }
}
