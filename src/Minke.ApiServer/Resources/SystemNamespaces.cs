using Minke.Api;
using Minke.Api.Core;
using Minke.Api.Meta;
using Minke.ApiServer.Resources.Strategies;

namespace Minke.ApiServer.Resources;

/// <summary>The namespaces that every cluster has.</summary>
internal static class SystemNamespaces
{
    /// <summary>Makes those that are missing.</summary>
    public static async Task EnsureAsync(ResourceService service, CancellationToken cancellationToken)
    {
        var view = service.View(Kinds.Namespace);
        foreach (var name in NamespaceStrategy.System)
        {
            if (await view.Storage.FindAsync("", name, ResourceStorage.NewestVersion, cancellationToken) is null)
            {
                await CreateAsync(service, view, name, cancellationToken);
            }
        }
    }

    private static async Task CreateAsync(ResourceService service, KindView view, string name, CancellationToken cancellationToken)
    {
        try
        {
            var item = new Namespace { Metadata = new ObjectMeta { Name = name } };
            await service.CreateAsync(view, "", item, WriteOptions.Default, cancellationToken);
        }
        catch (ApiException e) when (e.IsAlreadyExists)
        {
            // Another server on the same store was faster.
        }
    }
}
