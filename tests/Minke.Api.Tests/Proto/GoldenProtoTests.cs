using System.Text;
using Minke.Api.Core;
using Minke.Api.Meta;

namespace Minke.Api.Tests.Proto;

/// <summary>Bodies as kubectl 1.32 sends them, captured from its create and drain commands.</summary>
public sealed class GoldenProtoTests
{
    private const string ConfigMapHex =
        "6b3873000a0f0a0276311209436f6e6669674d617012230a110a016312001a0022002a0032003800420012060a016112013112060a01621201321a002200";

    private const string SecretHex =
        "6b3873000a0c0a027631120653656372657412360a110a017312001a0022002a0032003800420" +
        "0120a0a0270771204703c263e120d0a0475736572120561646d696e1a064f70617175651a002200";

    private const string NamespaceHex =
        "6b3873000a0f0a02763112094e616d657370616365121b0a130a036e733112001a0022002a0032003800420012001a020a001a002200";

    private const string ServiceAccountHex =
        "6b3873000a140a027631120e536572766963654163636f756e7412150a130a0373613112001a0022002a003200380042001a002200";

    private const string DeleteOptionsHex = "6b3873000a130a027631120d44656c6574654f7074696f6e73120208071a002200";

    [Fact]
    public void ConfigMap_FromKubectl_IsRead()
    {
        var map = (ConfigMap)Decode(Kinds.ConfigMap, ConfigMapHex);
        Assert.Equal("c", map.Metadata.Name);
        Assert.Equal([KeyValuePair.Create("a", "1"), KeyValuePair.Create("b", "2")], map.Data);
    }

    [Fact]
    public void Secret_FromKubectl_IsRead()
    {
        var secret = (Secret)Decode(Kinds.Secret, SecretHex);
        Assert.Equal("Opaque", secret.Type);
        Assert.Equal("p<&>", Encoding.UTF8.GetString(secret.Data["pw"].Span));
    }

    [Fact]
    public void Namespace_FromKubectl_HasNoTimeOfCreation() => Assert.Null(Decode(Kinds.Namespace, NamespaceHex).Metadata.CreationTimestamp);

    [Fact]
    public void DeleteOptions_FromKubectl_AreRead()
    {
        var options = ApiProto.Decode<DeleteOptions>(Convert.FromHexString(DeleteOptionsHex));
        Assert.Equal(7, options.GracePeriodSeconds);
        Assert.Null(options.PropagationPolicy);
    }

    [Theory]
    [InlineData("ConfigMap", ConfigMapHex)]
    [InlineData("Secret", SecretHex)]
    [InlineData("Namespace", NamespaceHex)]
    [InlineData("ServiceAccount", ServiceAccountHex)]
    public void Object_ReadAndWritten_IsTheSameBytes(string kind, string hex) =>
        Assert.Equal(hex, Convert.ToHexStringLower(ApiProto.Encode(Decode(Kinds.FindKind("v1", kind)!, hex))));

    [Fact]
    public void DeleteOptions_ReadAndWritten_AreTheSameBytes() =>
        Assert.Equal(DeleteOptionsHex, Convert.ToHexStringLower(ApiProto.Encode(ApiProto.Decode<DeleteOptions>(Convert.FromHexString(DeleteOptionsHex)))));

    private static ApiObject Decode(KindInfo kind, string hex) => ApiProto.Decode(kind, Convert.FromHexString(hex));
}
