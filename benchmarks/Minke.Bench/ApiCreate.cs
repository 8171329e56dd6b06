using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Minke.Api;
using Minke.Api.Core;
using Minke.ApiServer;
using Minke.ApiServer.Security;
using Minke.Benchmarks.Store;
using Minke.Client;
using Minke.Client.Http;
using Minke.Store.Sqlite;

namespace Minke.Benchmarks;

/// <summary>
/// Durable creates per second: 64 writers, each creating one ConfigMap of about 1 KB after the other. Three layers, each over the one before, so that it shows
/// which one bounds the next: the store alone, the API server called in process, and over HTTPS with HTTP/2 (clients and server share this machine's cores).
/// </summary>
internal static class ApiCreate
{
    private const int Writers = 64;
    private const int Creates = 20_000;
    private const int WarmUp = 2_000;

    private static readonly string s_value = new('v', 1000);

    public static async Task<Figure> RunAsync(string binary, CancellationToken cancellationToken)
    {
        _ = binary; // the servers run in this process, so that the layers can be told apart
        var directory = Directory.CreateTempSubdirectory("minke-bench-create-");
        try
        {
            Console.WriteLine(new Figure("store-create", await MeasureStoreAsync(Path.Combine(directory.FullName, "alone"), cancellationToken), "creates/s"));
            return await MeasureServerAsync(directory.FullName, cancellationToken);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static async Task<double> MeasureStoreAsync(string directory, CancellationToken cancellationToken)
    {
        await using var store = SqliteStore.Open(new SqliteStoreOptions { Directory = directory });
        var workload = new CreateWorkload(store, Writers, TimeProvider.System);
        await workload.RunAsync("warm-up", WarmUp, cancellationToken);
        return (await workload.RunAsync("measured", Creates, cancellationToken)).PerSecond;
    }

    private static async Task<Figure> MeasureServerAsync(string directory, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        await using var store = SqliteStore.Open(new SqliteStoreOptions { Directory = Path.Combine(directory, "store") });
        using var pki = ClusterPki.Open(Path.Combine(directory, "pki"), [], time);
        var server = new ApiServer.ApiServer(new ApiServerOptions
        {
            Endpoint = new IPEndPoint(IPAddress.Loopback, 0),
            Pki = pki,
            Store = store,
            Time = time,
            Ids = Ids.FromSystem(),
            Loggers = NullLoggerFactory.Instance,
        });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = server.RunAsync(stop.Token);
        await server.Ready;
        var kubeconfig = Path.Combine(directory, "kubeconfig");
        pki.WriteAdminKubeconfig(kubeconfig, new Uri($"https://{server.Endpoint}"));
        using var https = new HttpObjectClient(KubeconfigReader.Read(kubeconfig), time);

        var inProcess = await MeasureClientAsync(server.Core.NewClient("bench"), "direct", time, cancellationToken);
        Console.WriteLine(new Figure("in-process-create", inProcess, "creates/s"));
        var figure = new Figure("api-create", await MeasureClientAsync(https, "https", time, cancellationToken), "creates/s");
        await stop.CancelAsync();
        await running;
        return figure;
    }

    private static async Task<double> MeasureClientAsync(IObjectClient client, string prefix, TimeProvider time, CancellationToken cancellationToken)
    {
        await CreateAllAsync(client, prefix + "-warm-up", WarmUp, cancellationToken);
        var start = time.GetTimestamp();
        await CreateAllAsync(client, prefix, Creates, cancellationToken);
        return Creates / time.GetElapsedTime(start).TotalSeconds;
    }

    private static Task CreateAllAsync(IObjectClient client, string prefix, int count, CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            // Leaves the caller's thread, so that all writers start together.
            await Task.Yield();
            for (var i = writer; i < count; i += Writers)
            {
                await client.CreateAsync(NewObject(prefix, i), cancellationToken);
            }
        }));

    private static ConfigMap NewObject(string prefix, int number)
    {
        var item = new ConfigMap();
        item.Metadata.Namespace = "default";
        item.Metadata.Name = string.Create(CultureInfo.InvariantCulture, $"{prefix}-{number:d8}");
        item.Data["value"] = s_value;
        return item;
    }
}
