using System.Diagnostics;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Minke.Api;
using Minke.Api.Core;
using Minke.Api.Meta;
using Minke.ApiServer.NodeProxy;
using Minke.ApiServer.Security;
using Minke.Node.Runtime;
using Minke.Node.Server;
using Minke.Testing.Clients;

namespace Minke.Node.Tests.Streaming;

/// <summary>
/// One pod's way from a client to the runtime with every real part: an HTTP server that knows just enough of the API for kubectl, the API server's
/// forwarding, TLS, and the node's server.
/// </summary>
internal sealed class StreamingCluster : IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("minke-streaming-");
    private readonly CertificateAuthority _authority;
    private readonly WebApplication _api;
    private readonly MemoryObjectClient _objects = new(TimeProvider.System, Ids.FromSystem());
    private NodeServer? _node;
    private PodStreams? _streams;

    private StreamingCluster()
    {
        _authority = CertificateAuthority.Open(_directory.FullName, TimeProvider.System);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _api = builder.Build();
    }

    public string Address => _api.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();

    public IPEndPoint NodeEndpoint => _node!.Endpoint;

    public static async Task<StreamingCluster> StartAsync(IContainerRuntime runtime, StreamingPod pod, CancellationToken cancellationToken)
    {
        var cluster = new StreamingCluster();
        await cluster.StartNodeAsync(runtime, pod, cancellationToken);
        var client = cluster._authority.Issue(CertificateSpec.ForClient("minke-apiserver", UserInfo.Masters));
        cluster._streams = new PodStreams(cluster._objects, cluster._authority, client, TimeProvider.System);
        cluster._api.Run(cluster.HandleAsync);
        await cluster._api.StartAsync(cancellationToken);
        await cluster._objects.CreateAsync(pod.Object.Clone(), cancellationToken);
        return cluster;
    }

    /// <summary>Asks the node directly, as the named user of the cluster.</summary>
    public HttpClient NodeClient(string? user)
    {
        var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        if (user is not null)
        {
            handler.SslOptions.ClientCertificates = [_authority.Issue(CertificateSpec.ForClient(user, UserInfo.Masters))];
        }

        return new HttpClient(handler) { BaseAddress = new Uri($"https://{NodeEndpoint}") };
    }

    /// <summary>Runs kubectl to its end.</summary>
    public async Task<(int Code, string Output, string Error)> KubectlAsync(
        IEnumerable<string> arguments, string? input = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        using var process = StartKubectl(arguments, environment);
        if (input is not null)
        {
            await process.StandardInput.WriteAsync(input);
        }

        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }

    /// <summary>Runs kubectl in a terminal of the given size and returns what the terminal shows.</summary>
    /// <param name="arguments">As a shell takes them.</param>
    public async Task<string> KubectlInTerminalAsync(int rows, int columns, string arguments, IReadOnlyDictionary<string, string> environment)
    {
        var kubectl = $"kubectl --server={Address} --cache-dir={_directory.FullName}/cache {arguments}";
        var start = new ProcessStartInfo("script", ["-qec", $"stty rows {rows} cols {columns}; exec {kubectl}", "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["KUBECONFIG"] = "/nonexistent";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return output;
    }

    public Process StartKubectl(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("kubectl", [$"--server={Address}", $"--cache-dir={_directory.FullName}/cache", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["KUBECONFIG"] = "/nonexistent";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        _streams?.Dispose();
        if (_node is not null)
        {
            await _node.DisposeAsync();
        }

        _authority.Dispose();
        _directory.Delete(recursive: true);
    }

    private async Task StartNodeAsync(IContainerRuntime runtime, StreamingPod pod, CancellationToken cancellationToken)
    {
        var options = new NodeServerOptions
        {
            Endpoint = new IPEndPoint(IPAddress.Loopback, 0),
            Certificate = _authority.Issue(CertificateSpec.ForServer("system:node:node-1", ["node-1"], [IPAddress.Loopback])),
            ClientAuthority = X509Certificate2.CreateFromPem(_authority.CertificatePem),
        };
        _node = await NodeServer.StartAsync(options, runtime, pod.Lookup, TimeProvider.System, NullLoggerFactory.Instance, cancellationToken);
        var node = new Minke.Api.Core.Node { Metadata = new ObjectMeta { Name = "node-1" } };
        await _objects.CreateAsync(node, cancellationToken);
        node.Status.Addresses.Add(new NodeAddress { Type = "InternalIP", Address = "127.0.0.1" });
        node.Status.DaemonEndpoints.KubeletEndpoint.Port = _node.Endpoint.Port;
        await _objects.UpdateStatusAsync(node, cancellationToken);
    }

    private async Task HandleAsync(HttpContext http)
    {
        try
        {
            await RouteAsync(http);
        }
        catch (ApiException failure) when (!http.Response.HasStarted)
        {
            http.Response.StatusCode = failure.Code;
            await WriteJsonAsync(http, ApiJson.Encode(failure.Status));
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            http.Abort();
        }
    }

    private Task RouteAsync(HttpContext http) => http.Request.Path.Value!.Split('/') switch
    {
        ["", "api"] => WriteJsonAsync(http, """{"kind":"APIVersions","versions":["v1"]}"""u8.ToArray()),
        ["", "apis"] => WriteJsonAsync(http, """{"kind":"APIGroupList","apiVersion":"v1","groups":[]}"""u8.ToArray()),
        ["", "api", "v1"] => WriteJsonAsync(http, """
            {"kind":"APIResourceList","groupVersion":"v1","resources":[{"name":"pods","singularName":"pod","namespaced":true,"kind":"Pod","verbs":["get","list"]}]}
            """u8.ToArray()),
        ["", "api", "v1", "namespaces", var ns, "pods", var name] => WritePodAsync(http, ns, name),
        ["", "api", "v1", "namespaces", var ns, "pods", var name, "log"] => _streams!.LogAsync(http, ns, name),
        ["", "api", "v1", "namespaces", var ns, "pods", var name, "exec"] => _streams!.ExecAsync(http, ns, name),
        ["", "api", "v1", "namespaces", var ns, "pods", var name, "attach"] => _streams!.AttachAsync(http, ns, name),
        ["", "api", "v1", "namespaces", var ns, "pods", var name, "portforward"] => _streams!.PortForwardAsync(http, ns, name),
        _ => throw ApiErrors.NoSuchPath(),
    };

    private async Task WritePodAsync(HttpContext http, string podNamespace, string name) =>
        await WriteJsonAsync(http, ApiJson.Encode(await _objects.GetAsync<Pod>(new Minke.Client.ObjectKey(podNamespace, name), http.RequestAborted)));

    private static Task WriteJsonAsync(HttpContext http, ReadOnlyMemory<byte> json)
    {
        http.Response.ContentType = "application/json";
        return http.Response.Body.WriteAsync(json, http.RequestAborted).AsTask();
    }
}
