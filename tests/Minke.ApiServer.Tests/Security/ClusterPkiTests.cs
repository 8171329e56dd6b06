using System.Net;
using Minke.ApiServer.Security;

namespace Minke.ApiServer.Tests.Security;

public sealed class ClusterPkiTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly SettableTime _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void OpenedTwice_KeepsAllCertificates()
    {
        using var first = Open();
        using var second = Open();

        Assert.Equal(first.Authority.CertificatePem, second.Authority.CertificatePem);
        Assert.Equal(first.ApiServer.Thumbprint, second.ApiServer.Thumbprint);
        Assert.Equal(first.Admin.Thumbprint, second.Admin.Thumbprint);
    }

    [Fact]
    public void LeafNearItsEnd_IsRenewedByTheSameAuthority()
    {
        using var first = Open();
        _time.Now += TimeSpan.FromDays(300);
        using var second = Open();

        Assert.Equal(first.Authority.CertificatePem, second.Authority.CertificatePem);
        Assert.NotEqual(first.Admin.Thumbprint, second.Admin.Thumbprint);
        Assert.True(first.Authority.Verifies(second.Admin, CertificatePurpose.Client));
    }

    [Fact]
    public void AuthorityNearItsEnd_IsRenewedWithTheSameKey()
    {
        using var first = Open();
        _time.Now += TimeSpan.FromDays(3000);
        using var second = Open();
        var issuedNow = second.ApiServer;

        Assert.NotEqual(first.Authority.CertificatePem, second.Authority.CertificatePem);
        Assert.True(first.Authority.Verifies(issuedNow, CertificatePurpose.Server));
    }

    [Fact]
    public void NewAddress_ReissuesTheServingCertificateOnly()
    {
        using var first = Open();
        using var second = ClusterPki.Open(_directory["pki"], [IPAddress.Parse("10.1.2.3")], _time);

        Assert.NotEqual(first.ApiServer.Thumbprint, second.ApiServer.Thumbprint);
        Assert.True(second.ApiServer.MatchesHostname("10.1.2.3"));
        Assert.True(second.ApiServer.MatchesHostname("localhost"));
        Assert.True(second.ApiServer.MatchesHostname("kubernetes.default.svc"));
        Assert.Equal(first.Admin.Thumbprint, second.Admin.Thumbprint);
    }

    [Fact]
    public void Keys_AreReadableByTheOwnerOnly()
    {
        using var pki = Open();
        using var node = pki.NodeClient("n1");

        Assert.SkipWhen(OperatingSystem.IsWindows(), "file modes are a matter of Unix");
        foreach (var key in Directory.GetFiles(_directory["pki"], "*.key"))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
        }
    }

    [Fact]
    public void CertificateOfAnotherAuthority_IsNotVerified()
    {
        using var pki = Open();
        using var other = ClusterPki.Open(_directory["other"], [], _time);

        Assert.False(pki.Authority.Verifies(other.Admin, CertificatePurpose.Client));
    }

    [Fact]
    public void ServingCertificate_IsNoClientCertificate()
    {
        using var pki = Open();

        Assert.False(pki.Authority.Verifies(pki.ApiServer, CertificatePurpose.Client));
    }

    [Fact]
    public void KeyWithoutItsCertificate_IsReplacedByANewPair()
    {
        Open().Dispose();
        File.Delete(_directory["pki/admin.crt"]);
        using var pki = Open();

        Assert.True(pki.Authority.Verifies(pki.Admin, CertificatePurpose.Client));
        Assert.True(pki.Admin.HasPrivateKey);
    }

    [Fact]
    public void BrokenAuthorityKey_IsRefusedAndNamed()
    {
        Open().Dispose();
        File.WriteAllText(_directory["pki/ca.key"], "nonsense");

        var error = Assert.Throws<InvalidDataException>(() => Open().Dispose());

        Assert.Contains("ca.key", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NodeClient_IsTheNodesUserInTheNodesGroup()
    {
        using var pki = Open();
        using var certificate = pki.NodeClient("n1");

        var user = UserInfo.Of(certificate);

        Assert.Equal("system:node:n1", user.Name);
        Assert.True(user.IsIn(UserInfo.Nodes));
        Assert.True(user.IsIn("system:authenticated"));
        Assert.False(user.IsIn(UserInfo.Masters));
    }

    [Fact]
    public void AdminKubeconfig_HoldsServerAuthorityAndKey()
    {
        using var pki = Open();

        pki.WriteAdminKubeconfig(_directory["kubeconfig"], new Uri("https://127.0.0.1:6443"));

        var text = File.ReadAllText(_directory["kubeconfig"]);
        Assert.Contains("server: https://127.0.0.1:6443\n", text, StringComparison.Ordinal);
        Assert.Contains("client-key-data: ", text, StringComparison.Ordinal);
        Assert.Contains(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(pki.Authority.CertificatePem)), text, StringComparison.Ordinal);
    }

    private ClusterPki Open() => ClusterPki.Open(_directory["pki"], [], _time);

    private sealed class SettableTime(DateTimeOffset start) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = start;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
