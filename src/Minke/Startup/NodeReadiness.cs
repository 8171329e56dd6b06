using Minke.Client;

namespace Minke.Startup;

/// <summary>Whether a node takes pods, as its record says.</summary>
internal static class NodeReadiness
{
    public static bool IsReady(Api.Core.Node node) => node.Status.Conditions.Any(c => c.Type == "Ready" && c.Status == "True");

    /// <summary>Waits until the node's record, written by an agent that started at <paramref name="since"/>, says that it is ready.</summary>
    /// <exception cref="StartException">It does not in time; the message has what it says instead.</exception>
    public static async Task WaitAsync(
        IObjectClient client, string node, DateTimeOffset since, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var seen = "it has not registered";
        try
        {
            await foreach (var item in FollowAsync(client, node, either.Token))
            {
                if (IsReady(item) && Heartbeat(item) >= ToSeconds(since))
                {
                    return;
                }

                seen = Describe(item);
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new StartException($"the node {node} is not ready after {patience.TotalSeconds} s: {seen}");
        }
    }

    private static async IAsyncEnumerable<Api.Core.Node> FollowAsync(
        IObjectClient client, string node, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var selector = $"metadata.name={node}";
        while (true)
        {
            var list = await client.ListAsync<Api.Core.Node>(new ListRequest { FieldSelector = selector }, cancellationToken);
            foreach (var item in list.Items)
            {
                yield return item;
            }

            var request = new WatchRequest { FieldSelector = selector, ResourceVersion = list.ResourceVersion };
            await foreach (var change in client.WatchAsync<Api.Core.Node>(request, cancellationToken))
            {
                if (change.Type is WatchEventType.Added or WatchEventType.Modified)
                {
                    yield return change.Item;
                }
            }
        }
    }

    // A record of an earlier run may still say that the node is ready.
    private static DateTimeOffset? Heartbeat(Api.Core.Node node) => node.Status.Conditions.FirstOrDefault(c => c.Type == "Ready")?.LastHeartbeatTime;

    // Times in the API have whole seconds.
    private static DateTimeOffset ToSeconds(DateTimeOffset at) => DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds());

    private static string Describe(Api.Core.Node node) =>
        node.Status.Conditions.FirstOrDefault(c => c.Type == "Ready") is { } ready ? $"{ready.Reason}: {ready.Message}" : "it reports no condition";
}
