using Minke.ApiServer.Http;

namespace Minke.ApiServer.Tests.Http;

public sealed class ResourcePathTests
{
    [Theory]
    [InlineData("/api/v1/pods", "", "v1", "", "pods", "", "", "")]
    [InlineData("/api/v1/nodes/n1", "", "v1", "", "nodes", "n1", "", "")]
    [InlineData("/api/v1/nodes/n1/status", "", "v1", "", "nodes", "n1", "status", "")]
    [InlineData("/api/v1/namespaces", "", "v1", "", "namespaces", "", "", "")]
    [InlineData("/api/v1/namespaces/", "", "v1", "", "namespaces", "", "", "")]
    [InlineData("/api/v1/namespaces/dev", "", "v1", "", "namespaces", "dev", "", "")]
    [InlineData("/api/v1/namespaces/dev/status", "", "v1", "", "namespaces", "dev", "status", "")]
    [InlineData("/api/v1/namespaces/dev/finalize", "", "v1", "", "namespaces", "dev", "finalize", "")]
    [InlineData("/api/v1/namespaces/dev/pods", "", "v1", "dev", "pods", "", "", "")]
    [InlineData("/api/v1/namespaces/dev/pods/web", "", "v1", "dev", "pods", "web", "", "")]
    [InlineData("/api/v1/namespaces/dev/pods/web/log", "", "v1", "dev", "pods", "web", "log", "")]
    [InlineData("/api/v1/namespaces/dev/pods/web/proxy/a/b", "", "v1", "dev", "pods", "web", "proxy", "a/b")]
    [InlineData("/apis/coordination.k8s.io/v1/namespaces/dev/leases/x", "coordination.k8s.io", "v1", "dev", "leases", "x", "", "")]
    [InlineData("/apis/events.k8s.io/v1/events", "events.k8s.io", "v1", "", "events", "", "", "")]
    [InlineData("/api/v1", "", "v1", "", "", "", "", "")]
    public void WellFormedPath_IsTakenApart(
        string path, string group, string version, string ns, string resource, string name, string subresource, string remainder)
    {
        Assert.True(ResourcePath.TryParse(path, out var result));
        Assert.Equal(new ResourcePath(group, version, ns, resource, name, subresource, remainder, WatchPrefix: false), result);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/healthz")]
    [InlineData("/api")]
    [InlineData("/apis/apps")]
    [InlineData("/api/v1/pods//status")]
    public void OtherPath_IsRefused(string path) => Assert.False(ResourcePath.TryParse(path, out _));

    [Fact]
    public void WatchPrefix_AsksForAWatchOfTheRest()
    {
        Assert.True(ResourcePath.TryParse("/api/v1/watch/namespaces/dev/pods/web", out var result));

        Assert.Equal(new ResourcePath("", "v1", "dev", "pods", "web", "", "", WatchPrefix: true), result);
    }
}
