using Minke.Node.Images;

namespace Minke.Node.Tests.Images;

public sealed class ImageReferenceTests
{
    [Theory]
    [InlineData("demo", "docker.io/library/demo:latest")]
    [InlineData("demo:1", "docker.io/library/demo:1")]
    [InlineData("shop/web", "docker.io/shop/web:latest")]
    [InlineData("minke.local/demo", "minke.local/demo:latest")]
    [InlineData("localhost/a/b:x", "localhost/a/b:x")]
    [InlineData("registry:5000/a", "registry:5000/a:latest")]
    public void Name_BecomesTheFormThatRuntimesStore(string name, string full) => Assert.Equal(full, ImageReference.Normalize(name));

    [Theory]
    [InlineData("")]
    [InlineData("Demo")]
    [InlineData("a b")]
    [InlineData("a/../b")]
    [InlineData("demo:")]
    [InlineData("demo:bad tag")]
    [InlineData("demo\n")]
    public void BadName_IsRefused(string name) => Assert.Throws<FormatException>(() => ImageReference.Normalize(name));

    [Fact]
    public void TooLongName_IsRefused() => Assert.Throws<FormatException>(() => ImageReference.Normalize(new string('a', 300)));

    [Theory]
    [InlineData("minke.local/demo", true)]
    [InlineData("minke.local.example/demo", false)]
    [InlineData("demo", false)]
    public void OnlyTheLocalDomain_IsLocal(string reference, bool local) => Assert.Equal(local, ImageReference.IsLocal(reference));
}
