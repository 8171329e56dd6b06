using Minke.ApiServer.Http;

namespace Minke.ApiServer.Tests.Http;

public sealed class ResponseTypeTests
{
    [Theory]
    [InlineData("")]
    [InlineData("*/*")]
    [InlineData("application/json")]
    [InlineData("application/vnd.kubernetes.protobuf,application/json")]
    [InlineData("application/json;as=Table;v=v2;g=meta.k8s.io,application/json")]
    [InlineData("text/html, application/json;q=0.5")]
    public void FullObjectsInJson(string accept) =>
        Assert.Equal(new ResponseType(WireFormat.Json, ResponseShape.Full), ResponseType.Choose(accept));

    [Fact]
    public void KubectlGet_GetsTheFirstTable() => Assert.Equal(
        new ResponseType(WireFormat.Json, ResponseShape.Table, "v1"),
        ResponseType.Choose("application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json"));

    [Theory]
    [InlineData("application/vnd.kubernetes.protobuf")]
    [InlineData("application/vnd.kubernetes.protobuf,application/json;q=0.5")]
    public void ProtobufLikedBest_IsProtobuf(string accept) =>
        Assert.Equal(new ResponseType(WireFormat.Protobuf, ResponseShape.Full), ResponseType.Choose(accept));

    [Fact]
    public void MetadataOnly_IsRecognized() => Assert.Equal(
        new ResponseType(WireFormat.Json, ResponseShape.PartialMetadata, "v1"),
        ResponseType.Choose("application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1"));

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/json;as=Unknown;g=meta.k8s.io;v=v1")]
    [InlineData("application/json;q=0")]
    public void NothingSuitable_IsNull(string accept) => Assert.Null(ResponseType.Choose(accept));
}
