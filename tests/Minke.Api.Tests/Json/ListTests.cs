using System.Buffers;
using System.Text;
using Minke.Api.Core;
using Minke.Api.Meta;

namespace Minke.Api.Tests.Json;

public sealed class ListTests
{
    [Fact]
    public void List_EncodedFromItems_IsReadBack()
    {
        var buffer = new ArrayBufferWriter<byte>();
        ReadOnlyMemory<byte>[] items = [ApiJson.Encode(new Secret { Metadata = { Name = "a" } }), ApiJson.Encode(new Secret { Metadata = { Name = "b" } })];
        ApiListJson.Encode(Kinds.Secret, new ListMeta { ResourceVersion = "9", Continue = "c" }, items, buffer);
        Assert.StartsWith("""{"kind":"SecretList","apiVersion":"v1","metadata":{"resourceVersion":"9","continue":"c"},"items":[{"kind":"Secret",""", Encoding.UTF8.GetString(buffer.WrittenSpan));
        var (metadata, read) = ApiListJson.Decode<Secret>(buffer.WrittenSpan);
        Assert.Equal("9", metadata.ResourceVersion);
        Assert.Equal(["a", "b"], read.Select(secret => secret.Metadata.Name));
    }

    [Fact]
    public void EmptyList_HasItems()
    {
        var buffer = new ArrayBufferWriter<byte>();
        ApiListJson.Encode(Kinds.Pod, new ListMeta(), [], buffer);
        Assert.Equal("""{"kind":"PodList","apiVersion":"v1","metadata":{},"items":[]}""", Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    [Fact]
    public void ProtoList_EncodedFromMessages_HoldsThem()
    {
        ReadOnlyMemory<byte>[] items = [ApiProto.EncodeMessage(new Secret { Metadata = { Name = "a" } })];
        var body = ApiProto.EncodeList(Kinds.Secret, new ListMeta { ResourceVersion = "9" }, items);
        Assert.True(ApiProto.IsProto(body));
        Assert.Contains("SecretList", Encoding.UTF8.GetString(body));
        Assert.Equal("a", ApiProto.DecodeMessage<Secret>(items[0].Span).Metadata.Name);
    }

    [Theory]
    [InlineData("""{"spec":{"kind":"no"},"kind":"Pod","apiVersion":"v1"}""", "v1", "Pod")]
    [InlineData("""{"metadata":{}}""", "", "")]
    public void TypeMeta_Peeked_IsTheTopLevelOne(string json, string apiVersion, string kind) =>
        Assert.Equal(new TypeMeta(apiVersion, kind), TypeMeta.Peek(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"kind\":1}")]
    [InlineData("{\"kind\"")]
    [InlineData("")]
    public void TypeMeta_OfSomethingElse_IsABadRequest(string json) =>
        Assert.Equal(400, Assert.Throws<ApiException>(() => TypeMeta.Peek(Encoding.UTF8.GetBytes(json))).Code);
}
