using System.Globalization;
using Minke.Api.Core;
using Minke.Client;
using Minke.Client.Http;
using Minke.Node.Images;

namespace Minke.Benchmarks;

/// <summary>
/// How long it takes from the create request of a pod of one container until a watch tells that it runs: API, store, scheduler, node agent, runtime and the
/// way back. One pod at a time.
/// </summary>
internal static class PodStart
{
    private const string Namespace = "default";

    public static async Task<Figure> RunAsync(string binary, CancellationToken cancellationToken)
    {
        await using var instance = new BenchInstance(binary);
        await instance.UpAsync(cancellationToken);
        using var client = new HttpObjectClient(KubeconfigReader.Read(instance.Kubeconfig), TimeProvider.System);
        var samples = new List<double>();
        for (var round = 0; round < CriFloor.Rounds + 1; round++)
        {
            var milliseconds = await StartPodAsync(client, round, cancellationToken);
            // The first one warms everything up.
            if (round > 0)
            {
                samples.Add(milliseconds);
            }
        }

        var figure = new Figure("pod-start", Figure.Median(samples), "ms");
        var floor = await CriFloor.RunAsync(instance, cancellationToken);
        Console.WriteLine($"samples {string.Join(' ', samples.Select(s => s.ToString("0", CultureInfo.InvariantCulture)))}");
        Console.WriteLine(floor);
        Console.WriteLine(new Figure("pod-start/cri-floor", figure.Value / floor.Value, "ratio"));
        return figure;
    }

    private static async Task<double> StartPodAsync(HttpObjectClient client, int round, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        var name = string.Create(CultureInfo.InvariantCulture, $"bench-{round}");
        var request = new WatchRequest
        {
            Namespace = Namespace,
            FieldSelector = $"metadata.name={name}",
            ResourceVersion = (await client.ListAsync<Pod>(new ListRequest { Namespace = Namespace }, cancellationToken)).ResourceVersion,
        };
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var events = client.WatchAsync<Pod>(request, watching.Token).GetAsyncEnumerator(watching.Token);
        var next = events.MoveNextAsync();

        var start = time.GetTimestamp();
        await client.CreateAsync(NewPod(name), cancellationToken);
        while (await next && !Runs(events.Current))
        {
            next = events.MoveNextAsync();
        }

        var milliseconds = time.GetElapsedTime(start).TotalMilliseconds;
        // With grace, so that the object goes when nothing of the pod is left: the next one then starts on a quiet machine, as those of the floor do.
        await client.DeleteAsync<Pod>(new ObjectKey(Namespace, name), new DeleteRequest { GracePeriodSeconds = 1 }, cancellationToken);
        while (await events.MoveNextAsync() && events.Current.Type != WatchEventType.Deleted)
        {
            // Only the end matters.
        }

        return milliseconds;
    }

    private static bool Runs(WatchEvent<Pod> item) => item.Type is WatchEventType.Added or WatchEventType.Modified && item.Item.Status.Phase == "Running";

    private static Pod NewPod(string name)
    {
        var pod = new Pod();
        pod.Metadata.Name = name;
        pod.Metadata.Namespace = Namespace;
        var container = new Container { Name = "main", Image = BuiltInImages.DemoReference, ImagePullPolicy = "IfNotPresent" };
        container.Command.Add("sleep");
        container.Command.Add("100000");
        pod.Spec.Containers.Add(container);
        return pod;
    }
}
