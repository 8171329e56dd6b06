using Minke.Api;
using Minke.Api.Core;
using Minke.Client;

namespace Minke.Controllers.Accounts;

/// <summary>What the controllers that furnish namespaces share.</summary>
internal static class NamespaceFacts
{
    public static bool IsActive(Namespace? item) => item is not null && item.Metadata.DeletionTimestamp is null && item.Status.Phase != "Terminating";

    /// <summary>Creates an object; one that is there already, and a namespace that is going away, are as good.</summary>
    public static async Task CreateIfMissingAsync<T>(IObjectClient client, T item, CancellationToken cancellationToken)
        where T : ApiObject, new()
    {
        try
        {
            await client.CreateAsync(item, cancellationToken);
        }
        catch (ApiException exception) when (exception.IsAlreadyExists || exception.IsNotFound || exception.Code == 403)
        {
            return;
        }
    }
}
