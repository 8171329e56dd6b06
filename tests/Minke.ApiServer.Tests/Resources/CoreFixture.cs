using Microsoft.Extensions.Logging.Abstractions;
using Minke.Api;
using Minke.Api.Core;
using Minke.Api.Meta;
using Minke.Client;
using Minke.Testing.Stores;

namespace Minke.ApiServer.Tests.Resources;

/// <summary>A running server core over a store in memory, with a client.</summary>
public sealed class CoreFixture : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    private CoreFixture()
    {
        Store = new MemoryStore();
        Core = new ServerCore(Store, TimeProvider.System, new Ids(new Random(1)), NullLoggerFactory.Instance);
        Client = Core.NewClient("tests");
        _running = Core.RunAsync(_stop.Token);
    }

    public MemoryStore Store { get; }

    public ServerCore Core { get; }

    public IObjectClient Client { get; }

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<CoreFixture> StartAsync()
    {
        var fixture = new CoreFixture();
        await fixture.Core.Ready.WaitAsync(Cancel);
        return fixture;
    }

    public static Pod NewPod(string name, string ns = "default") => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = ns },
        Spec = new PodSpec { Containers = [new Container { Name = "main", Image = "minke.local/demo" }] },
    };

    public static ConfigMap NewConfigMap(string name, string ns = "default") => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = ns },
        Data = new ApiMap<string> { ["key"] = "value" },
    };

    public Task<T> CreateAsync<T>(T item) where T : ApiObject, new() => Client.CreateAsync(item, Cancel);

    public Task<T> GetAsync<T>(string name, string ns = "default") where T : ApiObject, new() =>
        Client.GetAsync<T>(new ObjectKey(ns, name), Cancel);

    public Task DeleteAsync<T>(string name, DeleteRequest? request = null, string ns = "default") where T : ApiObject, new() =>
        Client.DeleteAsync<T>(new ObjectKey(ns, name), request ?? new DeleteRequest(), Cancel);

    /// <summary>The error that a call fails with.</summary>
    public static async Task<ApiException> FailsAsync(Task call) => await Assert.ThrowsAsync<ApiException>(() => call);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        await Store.DisposeAsync();
        _stop.Dispose();
    }
}
