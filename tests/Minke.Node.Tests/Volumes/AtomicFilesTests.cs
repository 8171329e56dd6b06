using Minke.Node.Volumes;

namespace Minke.Node.Tests.Volumes;

public sealed class AtomicFilesTests : IDisposable
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly string _directory = Directory.CreateTempSubdirectory("minke-files-").FullName;

    [Fact]
    public void Files_AreReachedThroughOneLink()
    {
        Assert.True(Write(("a", "1"), ("deep/b", "2")));
        Assert.Equal("1", File.ReadAllText(Path.Combine(_directory, "a")));
        Assert.Equal("2", File.ReadAllText(Path.Combine(_directory, "deep", "b")));
        Assert.Equal("..data/a", new FileInfo(Path.Combine(_directory, "a")).LinkTarget);
    }

    [Fact]
    public void SameFiles_ChangeNothing()
    {
        Write(("a", "1"));
        var version = new DirectoryInfo(Path.Combine(_directory, "..data")).LinkTarget;
        Assert.False(Write(("a", "1")));
        Assert.Equal(version, new DirectoryInfo(Path.Combine(_directory, "..data")).LinkTarget);
    }

    [Fact]
    public void ChangedFiles_ReplaceTheOldOnes()
    {
        Write(("a", "1"), ("b", "2"));
        Assert.True(Write(("a", "3"), ("c", "4")));
        Assert.Equal("3", File.ReadAllText(Path.Combine(_directory, "a")));
        Assert.False(File.Exists(Path.Combine(_directory, "b")));
        Assert.Equal("4", File.ReadAllText(Path.Combine(_directory, "c")));
        Assert.Single(Directory.GetDirectories(_directory), static path => Path.GetFileName(path).StartsWith("..2", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("../escape")]
    [InlineData("/absolute")]
    [InlineData("a/../../b")]
    [InlineData("..data/a")]
    [InlineData("")]
    public void PathThatLeavesTheVolume_IsRefused(string path) => Assert.Throws<VolumeException>(() => Write((path, "x")));

    [Fact]
    public void Mode_IsTheFiles()
    {
        var files = new Dictionary<string, VolumeFile> { ["key"] = new("x"u8.ToArray(), 256) };
        AtomicFiles.Write(_directory, files, null, s_now);
        Assert.Equal(UnixFileMode.UserRead, File.GetUnixFileMode(Path.Combine(_directory, "key")));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private bool Write(params (string Path, string Text)[] files) => AtomicFiles.Write(
        _directory, files.ToDictionary(static file => file.Path, static file => new VolumeFile(System.Text.Encoding.UTF8.GetBytes(file.Text), 420)), null, s_now);
}
