using System.Net;
using System.Net.Sockets;
using static Minke.ApiServer.Tests.Http.HttpFixture;

namespace Minke.ApiServer.Tests.Http;

public sealed class ServerLifeTests
{
    [Fact]
    public async Task Stop_EndsWatchesCleanly()
    {
        await using var server = new HttpFixture();
        await server.InitializeAsync();
        using var response = await server.SendAsync(HttpMethod.Get, "/api/v1/configmaps?watch=true&resourceVersion=0");
        var rest = response.Content.ReadAsStringAsync(Cancel);

        await server.StopAsync();

        Assert.Equal("", await rest);
    }

    [Fact]
    public async Task TooManyWrites_AreRefusedForALittleWhile()
    {
        await using var server = new HttpFixture { MaxWritesInflight = 0 };
        await server.InitializeAsync();

        using var response = await server.SendAsync(HttpMethod.Post, "/api/v1/namespaces", """{"metadata":{"name":"x"}}""");

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal("1", response.Headers.GetValues("Retry-After").Single());
    }

    [Fact]
    public async Task PortTaken_FailsTheStart()
    {
        await using var first = new HttpFixture();
        await first.InitializeAsync();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var second = new ApiServer(first.OptionsFor((IPEndPoint)taken.LocalEndpoint));

        await Assert.ThrowsAnyAsync<IOException>(() => second.RunAsync(Cancel));

        Assert.True(second.Ready.IsFaulted);
    }
}
