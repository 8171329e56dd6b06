using System.Runtime.CompilerServices;
using Minke.Api;
using Minke.Api.Core;
using Minke.Client;

namespace Minke.Simulation.Cluster;

/// <summary>
/// What one run of a component sees of the API: calls take time and may get lost, watches break, and once the component has crashed nothing of it reaches
/// the API any more, whatever its code still tries.
/// </summary>
public sealed class ProcessClient(Func<IObjectClient> server, FaultRates faults, Random random, TimeProvider time) : IObjectClient
{
    private bool _dead;

    public void Kill() => _dead = true;

    public Task<T> GetAsync<T>(ObjectKey key, CancellationToken cancellationToken)
        where T : ApiObject, new() => CallAsync(client => client.GetAsync<T>(key, cancellationToken), cancellationToken);

    public Task<ObjectList<T>> ListAsync<T>(ListRequest request, CancellationToken cancellationToken)
        where T : ApiObject, new() => CallAsync(client => client.ListAsync<T>(request, cancellationToken), cancellationToken);

    public Task<T> CreateAsync<T>(T item, CancellationToken cancellationToken)
        where T : ApiObject, new() => CallAsync(client => client.CreateAsync(item, cancellationToken), cancellationToken);

    public Task<T> UpdateAsync<T>(T item, CancellationToken cancellationToken)
        where T : ApiObject, new() => CallAsync(client => client.UpdateAsync(item, cancellationToken), cancellationToken);

    public Task<T> UpdateStatusAsync<T>(T item, CancellationToken cancellationToken)
        where T : ApiObject, new() => CallAsync(client => client.UpdateStatusAsync(item, cancellationToken), cancellationToken);

    public Task<T> PatchAsync<T>(ObjectKey key, PatchBody patch, string? subresource, CancellationToken cancellationToken)
        where T : ApiObject, new() => CallAsync(client => client.PatchAsync<T>(key, patch, subresource, cancellationToken), cancellationToken);

    public Task DeleteAsync<T>(ObjectKey key, DeleteRequest request, CancellationToken cancellationToken)
        where T : ApiObject, new() => CallAsync(
            async client =>
            {
                await client.DeleteAsync<T>(key, request, cancellationToken);
                return true;
            },
            cancellationToken);

    public Task BindAsync(ObjectKey pod, string? podUid, string nodeName, CancellationToken cancellationToken) => CallAsync(
        async client =>
        {
            await client.BindAsync(pod, podUid, nodeName, cancellationToken);
            return true;
        },
        cancellationToken);

    public Task<Namespace> FinalizeAsync(Namespace item, CancellationToken cancellationToken) =>
        CallAsync(client => client.FinalizeAsync(item, cancellationToken), cancellationToken);

    public async IAsyncEnumerable<WatchEvent<T>> WatchAsync<T>(WatchRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : ApiObject, new()
    {
        await TravelAsync(cancellationToken);
        await foreach (var change in server().WatchAsync<T>(request, cancellationToken))
        {
            ThrowIfDead();
            if (random.NextDouble() < faults.BrokenWatches)
            {
                throw new IOException("injected: the watch broke");
            }

            yield return change;
        }
    }

    private async Task<TResult> CallAsync<TResult>(Func<IObjectClient, Task<TResult>> call, CancellationToken cancellationToken)
    {
        await TravelAsync(cancellationToken);
        if (random.NextDouble() < faults.LostCalls)
        {
            throw ApiErrors.ServiceUnavailable("injected: the call was lost", 0);
        }

        var result = await call(server());
        await TravelAsync(cancellationToken);
        return random.NextDouble() < faults.LostAnswers ? throw ApiErrors.ServiceUnavailable("injected: the answer was lost", 0) : result;
    }

    private async Task TravelAsync(CancellationToken cancellationToken)
    {
        ThrowIfDead();
        await Task.Delay(faults.Latency * random.NextDouble(), time, cancellationToken);
        ThrowIfDead();
    }

    private void ThrowIfDead()
    {
        if (_dead)
        {
            throw new OperationCanceledException("the component has crashed");
        }
    }
}
