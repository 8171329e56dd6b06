using System.Text;
using Minke.Node.Volumes;

namespace Minke.Node.Tests.Volumes;

public sealed class AtomicFilesTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("minke-atomic-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void ChangedFiles_AreSeenThroughTheSameNames()
    {
        Assert.True(Write(("color", "blue"), ("deep/shape", "round")));
        Assert.Equal("blue", Read("color"));

        Assert.True(Write(("color", "green"), ("size", "large")));

        Assert.Equal("green", Read("color"));
        Assert.Equal("large", Read("size"));
        Assert.False(File.Exists(Path.Combine(_directory, "deep", "shape")));
        Assert.Equal("..data/color", new FileInfo(Path.Combine(_directory, "color")).LinkTarget);
        Assert.Single(Directory.EnumerateDirectories(_directory, "..19*"));
    }

    [Fact]
    public void SameFiles_AreLeftAlone()
    {
        Write(("color", "blue"));

        Assert.False(Write(("color", "blue")));
    }

    [Theory]
    [InlineData("../escape")]
    [InlineData("/etc/passwd")]
    [InlineData("a/../../b")]
    public void PathOutOfTheDirectory_IsRefused(string path) => Assert.ThrowsAny<Exception>(() => Write((path, "x")));

    private bool Write(params (string Path, string Text)[] files) => AtomicFiles.Write(
        _directory, files.ToDictionary(f => f.Path, f => new VolumeFile(Encoding.UTF8.GetBytes(f.Text), 0x1A4)), null, DateTimeOffset.UnixEpoch);

    private string Read(string path) => File.ReadAllText(Path.Combine(_directory, path));
}
