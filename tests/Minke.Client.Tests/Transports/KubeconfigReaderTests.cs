using Minke.Client.Http;
using Xunit;

namespace Minke.Client.Tests.Transports;

public sealed class KubeconfigReaderTests
{
    private const string Minimal = """
        apiVersion: v1
        kind: Config
        current-context: here
        contexts:
        - {name: here, context: {cluster: c, user: u}}
        clusters:
        - {name: c, cluster: {server: "https://10.0.0.1:6443"}}
        users:
        - {name: u, user: {token: secret}}
        """;

    [Fact]
    public void CurrentContext_NamesServerAndUser()
    {
        var endpoint = KubeconfigReader.Parse(Minimal, "/");

        Assert.Equal(new Uri("https://10.0.0.1:6443"), endpoint.Server);
        Assert.Equal("secret", endpoint.Token);
    }

    [Theory]
    [InlineData("current-context: here", "current-context: elsewhere", "no context named 'elsewhere'")]
    [InlineData("token: secret", "exec: {command: x}", "not supported")]
    [InlineData("server: \"https://10.0.0.1:6443\"", "server: nonsense", "no server address")]
    [InlineData("token: secret", "client-key-data: '*', client-certificate-data: '*'", "not base64")]
    [InlineData("kind: Config", "kind: [", "not YAML")]
    public void UnusableFile_IsRefusedWithAReason(string part, string replacement, string reason)
    {
        var failure = Assert.Throws<InvalidDataException>(() => KubeconfigReader.Parse(Minimal.Replace(part, replacement, StringComparison.Ordinal), "/"));

        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }
}
