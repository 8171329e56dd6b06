using Minke.Startup;

namespace Minke.Command.Tests;

public sealed class DataFormatTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("minke-format-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void NewerFormat_IsRefusedWithBothNumbers()
    {
        File.WriteAllText(Path.Combine(_directory.FullName, "format"), "7\n");

        var failure = Assert.Throws<StartException>(() => DataFormat.Check(_directory.FullName));

        Assert.Contains("format 7", failure.Message, StringComparison.Ordinal);
        Assert.Contains("up to 1", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ForeignFiles_AreRefused()
    {
        File.WriteAllText(Path.Combine(_directory.FullName, "thesis.txt"), "");

        Assert.Throws<StartException>(() => DataFormat.Check(_directory.FullName));
        Assert.False(DataFormat.IsMarked(_directory.FullName));
    }

    [Fact]
    public void DamagedVersion_IsRefused()
    {
        File.WriteAllText(Path.Combine(_directory.FullName, "format"), "one");

        Assert.Throws<StartException>(() => DataFormat.Check(_directory.FullName));
    }

    [Fact]
    public void EmptyMissingOrMarkedDirectory_IsFine()
    {
        DataFormat.Check(_directory.FullName);
        DataFormat.Check(Path.Combine(_directory.FullName, "missing"));
        DataFormat.Mark(_directory.FullName);
        DataFormat.Check(_directory.FullName);

        Assert.True(DataFormat.IsMarked(_directory.FullName));
    }
}
