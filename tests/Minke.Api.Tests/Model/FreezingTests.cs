using Minke.Api.Core;

namespace Minke.Api.Tests.Model;

public sealed class FreezingTests
{
    [Fact]
    public void Frozen_Property_RefusesWrites()
    {
        var pod = new Pod().Frozen();
        Assert.Throws<InvalidOperationException>(() => pod.Spec = new PodSpec());
    }

    [Fact]
    public void Frozen_NestedProperty_RefusesWrites()
    {
        var pod = new Pod { Spec = { Containers = [new Container { SecurityContext = new SecurityContext() }] } }.Frozen();
        Assert.Throws<InvalidOperationException>(() => pod.Spec.Containers[0].SecurityContext!.Privileged = true);
    }

    [Fact]
    public void Frozen_UntouchedStruct_IsEmptyAndRefusesWrites()
    {
        var pod = new Pod().Frozen();
        Assert.Equal("", pod.Status.Phase);
        Assert.Throws<InvalidOperationException>(() => pod.Status.Phase = "Running");
    }

    [Fact]
    public void Frozen_ListAndMap_RefuseWrites()
    {
        var pod = new Pod { Metadata = { Labels = { ["a"] = "b" }, Finalizers = { "f" } } }.Frozen();
        Assert.Throws<InvalidOperationException>(() => pod.Metadata.Labels["a"] = "c");
        Assert.Throws<InvalidOperationException>(() => pod.Metadata.Labels.Remove("a"));
        Assert.Throws<InvalidOperationException>(() => pod.Metadata.Finalizers.Add("g"));
        Assert.Throws<InvalidOperationException>(() => pod.Metadata.Finalizers.Clear());
        Assert.Throws<InvalidOperationException>(() => pod.Spec.Containers.Add(new Container()));
        Assert.Throws<InvalidOperationException>(() => pod.Spec.NodeSelector["a"] = "b");
    }
}
