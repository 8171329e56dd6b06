using Minke.Api;
using Minke.Api.Core;
using Minke.Node.Cgroups;
using Minke.Node.Containers;
using Minke.Node.Images;
using Minke.Node.Pods;
using Minke.Node.Tests.Pods;

namespace Minke.Node.Tests.Containers;

/// <summary>The pieces that a container's description is made of.</summary>
public sealed class ContainerPartsTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("$(A)", "1")]
    [InlineData("x$(A)y$(B)z", "x1y2z")]
    [InlineData("$$(A)", "$(A)")]
    [InlineData("$(UNKNOWN)", "$(UNKNOWN)")]
    [InlineData("$(A", "$(A")]
    [InlineData("$A $", "$A $")]
    [InlineData("$$$(A)", "$1")]
    public void References_AreExpanded(string text, string expected) =>
        Assert.Equal(expected, Expansion.Expand(text, new Dictionary<string, string> { ["A"] = "1", ["B"] = "2" }));

    [Theory]
    [InlineData("", "", 2, 0, 0)]
    [InlineData("500m", "", 512, 0, 0)]
    [InlineData("", "250m", 256, 100_000, 25_000)]
    [InlineData("100m", "2", 102, 100_000, 200_000)]
    [InlineData("1m", "1m", 2, 100_000, 1000)]
    public void Processor_IsSharesAndQuota(string request, string limit, long shares, long period, long quota)
    {
        var resources = new ResourceRequirements();
        if (request.Length > 0)
        {
            resources.Requests["cpu"] = request;
        }

        if (limit.Length > 0)
        {
            resources.Limits["cpu"] = limit;
        }

        var linux = LinuxResources.Of(resources);
        Assert.Equal((shares, period, quota), (linux.CpuShares, linux.CpuPeriod, linux.CpuQuota));
    }

    [Fact]
    public void PodLimits_AreSumsWhenEveryContainerHasOne()
    {
        var pod = SimNode.NewPod("web");
        pod.Spec.Containers.Add(SimNode.NewContainer("side"));
        pod.Spec.Containers[0].Resources.Limits["memory"] = "64Mi";
        Assert.Null(PodCgroups.LimitsOf(pod, 10).MemoryBytes);
        pod.Spec.Containers[1].Resources.Limits["memory"] = "32Mi";
        Assert.Equal(96L << 20, PodCgroups.LimitsOf(pod, 10).MemoryBytes);
        pod.Spec.InitContainers = [SimNode.NewContainer("init")];
        pod.Spec.InitContainers[0].Resources.Limits["memory"] = "128Mi";
        Assert.Equal(128L << 20, PodCgroups.LimitsOf(pod, 10).MemoryBytes);
        Assert.Equal(10, PodCgroups.LimitsOf(pod, 10).Processes);
    }

    [Fact]
    public void QualityOfService_FollowsRequestsAndLimits()
    {
        var pod = SimNode.NewPod("web");
        Assert.Equal("BestEffort", QualityOfService.ClassOf(pod));
        Assert.Equal(1000, QualityOfService.OomScoreAdjust(pod, pod.Spec.Containers[0], 8L << 30));
        pod.Spec.Containers[0].Resources.Requests["memory"] = "4Gi";
        Assert.Equal("Burstable", QualityOfService.ClassOf(pod));
        Assert.Equal(500, QualityOfService.OomScoreAdjust(pod, pod.Spec.Containers[0], 8L << 30));
        pod.Spec.Containers[0].Resources.Limits["memory"] = "4Gi";
        pod.Spec.Containers[0].Resources.Limits["cpu"] = "1";
        Assert.Equal("Guaranteed", QualityOfService.ClassOf(pod));
        Assert.Equal(-997, QualityOfService.OomScoreAdjust(pod, pod.Spec.Containers[0], 8L << 30));
    }

    [Fact]
    public void PodFields_AreValues()
    {
        var pod = SimNode.NewPod("web");
        pod.Metadata.Labels["app"] = "a\"b";
        pod.Metadata.Annotations["note"] = "hello";
        var values = new DownwardValues(pod, ["10.0.0.2", "fd00::2"], ["192.0.2.1"], new Dictionary<string, Quantity> { ["cpu"] = Quantity.FromUnits(4) });
        Assert.Equal("web", values.Field("metadata.name"));
        Assert.Equal("app=\"a\\\"b\"", values.Field("metadata.labels"));
        Assert.Equal("hello", values.Field("metadata.annotations['note']"));
        Assert.Equal("10.0.0.2,fd00::2", values.Field("status.podIPs"));
        Assert.Throws<PodConfigException>(() => values.Field("spec.secret"));
        pod.Spec.Containers[0].Resources.Requests["cpu"] = "1500m";
        Assert.Equal("2", values.Resource(new ResourceFieldSelector { Resource = "requests.cpu" }, pod.Spec.Containers[0]));
        Assert.Equal("1500", values.Resource(new ResourceFieldSelector { Resource = "requests.cpu", Divisor = "1m" }, pod.Spec.Containers[0]));
        Assert.Equal("4", values.Resource(new ResourceFieldSelector { Resource = "limits.cpu" }, pod.Spec.Containers[0]));
    }

    [Fact]
    public void Resolver_IsReadAsTheSystemDoes()
    {
        var config = ResolverConfig.Parse(["# comment", "nameserver 10.0.0.1", "search a.example b.example", "options ndots:2 rotate", "nameserver\t10.0.0.2"]);
        Assert.Equal(["10.0.0.1", "10.0.0.2"], config.Servers);
        Assert.Equal(["a.example", "b.example"], config.Searches);
        Assert.Equal(["ndots:2", "rotate"], config.Options);
    }

    [Theory]
    [InlineData("registry.test/app", "", "Always")]
    [InlineData("registry.test:5000/app", "", "Always")]
    [InlineData("registry.test/app:latest", "", "Always")]
    [InlineData("registry.test/app:1", "", "IfNotPresent")]
    [InlineData("registry.test/app@sha256:0000", "", "IfNotPresent")]
    [InlineData("registry.test/app:1", "Always", "Always")]
    [InlineData("minke.local/demo:latest", "Always", "Never")]
    public void PullPolicy_FollowsTheName(string image, string policy, string expected) =>
        Assert.Equal(expected, ImagePuller.PolicyOf(new Container { Image = image, ImagePullPolicy = policy }));

    [Fact]
    public void RegistrySecret_IsUsedForItsRegistryOnly()
    {
        var json = """{"auths":{"https://registry.test/v1/":{"auth":"dXNlcjpwYXNz"},"registry.test":{"username":"u","password":"p"},"other.test":{"username":"x"}}}"""u8.ToArray();
        var secret = new Secret { Data = new ApiMap<ReadOnlyMemory<byte>> { [".dockerconfigjson"] = json } };
        var found = Assert.Single(RegistryCredentials.Parse(secret, "registry.test/team/app:1"));
        Assert.Equal(("u", "p"), (found.Username, found.Password));
        Assert.Equal("user", Assert.Single(RegistryCredentials.Parse(secret, "registry.test/v1/app"), static auth => auth.Username == "user").Username);
        Assert.Empty(RegistryCredentials.Parse(new Secret { Data = new ApiMap<ReadOnlyMemory<byte>> { [".dockerconfigjson"] = "no json"u8.ToArray() } }, "registry.test/app"));
    }

    [Fact]
    public void Hosts_NameThePodAndItsAliases()
    {
        var pod = SimNode.NewPod("web");
        pod.Spec.HostAliases = [new HostAlias { Ip = "192.0.2.9", Hostnames = ["db", "cache"] }];
        var text = HostsFile.Render(pod, "web", "sub.default.svc.cluster.local", ["10.0.0.2"], "");
        Assert.Contains("10.0.0.2\tweb.sub.default.svc.cluster.local\tweb\n", text, StringComparison.Ordinal);
        Assert.Contains("192.0.2.9\tdb\tcache\n", text, StringComparison.Ordinal);
    }
}
