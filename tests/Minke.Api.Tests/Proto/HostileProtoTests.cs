namespace Minke.Api.Tests.Proto;

public sealed class HostileProtoTests
{
    [Theory]
    [InlineData("")]
    [InlineData("6b3873")]
    [InlineData("7b7d")]
    [InlineData("6b387300ff")]
    [InlineData("6b38730012ffffffffffffffffff01")] // a length of 2^64-1
    [InlineData("6b38730012020aff")] // metadata longer than the message
    [InlineData("6b3873001202088f")] // a number that does not end
    [InlineData("6b3873001202080a")] // metadata with the wire type of a number
    [InlineData("6b38730012020b0c")] // a group
    [InlineData("6b38730012020000")] // field number zero
    [InlineData("6b3873001a05677a6970")] // a length beyond the end
    [InlineData("6b3873001a04677a6970")] // contentEncoding "gzip"
    [InlineData("6b38730022017822")] // content type "x", then a truncated field
    public void Bytes_ThatAreNoPod_AreABadRequest(string hex) =>
        Assert.Equal(400, Assert.Throws<ApiException>(() => ApiProto.Decode(Kinds.Pod, Convert.FromHexString(hex))).Code);

    [Fact]
    public void ManyEmptyContainers_AreRefusedAsTooLarge()
    {
        var containers = Enumerable.Repeat<byte[]>([0x12, 0x00], ApiLimits.MaxNodes + 1).SelectMany(bytes => bytes).ToArray();
        var spec = new ProtoBytes().Field(2, new ProtoBytes().Raw(containers).ToArray()).ToArray();
        var body = new ProtoBytes().Raw("k8s\0"u8).Field(2, spec).ToArray();
        Assert.Equal(413, Assert.Throws<ApiException>(() => ApiProto.Decode(Kinds.Pod, body)).Code);
    }

    [Fact]
    public void UnknownFields_AreSkipped()
    {
        byte[] message = [0xF8, 0x3F, 0x01, 0xFA, 0x3F, 0x02, 0x61, 0x62, 0xFD, 0x3F, 1, 2, 3, 4, 0xF9, 0x3F, 1, 2, 3, 4, 5, 6, 7, 8, 0x0A, 0x03, 0x0A, 0x01, 0x70];
        var body = new ProtoBytes().Raw("k8s\0"u8).Field(2, message).ToArray();
        Assert.Equal("p", ApiProto.Decode(Kinds.Pod, body).Metadata.Name);
    }

    [Fact]
    public void AnotherKind_IsABadRequest()
    {
        var body = ApiProto.Encode(new Minke.Api.Core.Secret());
        Assert.Contains("Secret", Assert.Throws<ApiException>(() => ApiProto.Decode(Kinds.Pod, body)).Message);
    }
}
