using System.Text;
using Minke.Startup;

namespace Minke.Command.Tests;

public sealed class InstanceTests
{
    [Fact]
    public void DefaultDirectory_HasThePlainNames()
    {
        var instance = new Instance("/var/lib/minke/");

        Assert.Equal("/var/lib/minke", instance.DataDirectory);
        Assert.Equal("/run/minke/default", instance.RunDirectory);
        Assert.Equal("minke0", instance.Bridge);
        Assert.Equal("minke", instance.NetworkName);
    }

    [Fact]
    public void OtherDirectory_SharesNoNameWithAnotherOne()
    {
        var (a, b) = (new Instance("/srv/a"), new Instance("/srv/b"));

        Assert.NotEqual(a.RunDirectory, b.RunDirectory);
        Assert.NotEqual(a.Bridge, b.Bridge);
        Assert.NotEqual(a.NetworkName, b.NetworkName);
        Assert.NotEqual(a.CgroupName, b.CgroupName);
        Assert.Equal(a.Id, new Instance("/srv/../srv/a").Id);
    }

    [Fact]
    public void Names_FitIntoTheKernelsLimits()
    {
        var instance = new Instance("/srv/" + new string('x', 200));

        Assert.True(instance.Bridge.Length <= 15, instance.Bridge);
        Assert.True(Encoding.UTF8.GetByteCount(instance.Containerd.SocketPath + ".ttrpc") <= 107, instance.Containerd.SocketPath);
    }
}
