using Minke.Startup;

namespace Minke.Command.Tests;

public sealed class InstanceStateTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("minke-state-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void State_IsReadAsItWasWritten()
    {
        var state = new InstanceState
        {
            ApiAddress = "::1",
            ApiPort = 6443,
            NodePort = 10250,
            PodCidr = "10.244.0.0/24",
            NodeName = "n1",
            RuntimeSocket = "/run/x.sock",
            OwnsRuntime = true,
        };

        state.WriteTo(_directory.FullName);

        Assert.Equal(state, InstanceState.ReadFrom(_directory.FullName));
        Assert.Equal("https://[::1]:6443", state.ApiUrl);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"apiAddress":1}""")]
    public void DamagedFile_IsNoState(string content)
    {
        File.WriteAllText(Path.Combine(_directory.FullName, "instance.json"), content);

        Assert.Null(InstanceState.ReadFrom(_directory.FullName));
    }
}
