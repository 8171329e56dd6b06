using Minke.Api;
using Minke.Api.Core;
using Minke.Client;
using Minke.Client.Http;

namespace Minke.Startup;

/// <summary>
/// The few questions that <c>minke status</c> asks a running API server, as its administrator. Whoever does not answer within seconds counts as not ready.
/// </summary>
internal sealed class ApiQuery : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    private readonly HttpObjectClient _client;

    private ApiQuery(HttpObjectClient client) => _client = client;

    /// <summary>Null when the kubeconfig cannot be read, which only root may.</summary>
    public static ApiQuery? TryOpen(Instance instance, TimeProvider time)
    {
        try
        {
            return new ApiQuery(new HttpObjectClient(KubeconfigReader.Read(instance.KubeconfigFile) with { RequestTimeout = Timeout }, time));
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public Task<bool> IsNodeReadyAsync(string node, CancellationToken cancellationToken) => AskAsync(
        async () => NodeReadiness.IsReady(await _client.GetAsync<Api.Core.Node>(new ObjectKey("", node), cancellationToken)), otherwise: false);

    /// <summary>The phases of all pods; null: the API server does not tell.</summary>
    public Task<IReadOnlyList<string>?> ListPodPhasesAsync(CancellationToken cancellationToken) => AskAsync<IReadOnlyList<string>?>(
        async () => [.. (await _client.ListAsync<Pod>(new ListRequest { ResourceVersion = "0" }, cancellationToken)).Items.Select(p => p.Status.Phase)],
        otherwise: null);

    public void Dispose() => _client.Dispose();

    private static async Task<T> AskAsync<T>(Func<Task<T>> ask, T otherwise)
    {
        try
        {
            return await ask();
        }
        catch (Exception exception) when (exception is ApiException or HttpRequestException or IOException or TimeoutException or InvalidDataException)
        {
            return otherwise;
        }
    }
}
