using System.Text;
using Minke.Api.Core;

namespace Minke.Api.Tests.Json;

public sealed class StrictDecodingTests
{
    [Fact]
    public void UnknownField_Strict_IsRefusedWithItsPath()
    {
        var error = Refused("""{"kind":"Pod","apiVersion":"v1","spec":{"containers":[{"name":"a","foo":1}],"bar":{}}}""");
        Assert.Equal(400, error.Code);
        Assert.Equal(
            "Pod in version \"v1\" cannot be handled as a Pod: strict decoding error: unknown field \"spec.containers[0].foo\", unknown field \"spec.bar\"",
            error.Message);
    }

    [Theory]
    [InlineData("""{"spec":{"nodeName":"a","nodeName":"b"}}""", "duplicate field \"spec.nodeName\"")]
    [InlineData("""{"metadata":{"labels":{"z":"1","a":"2","z":"3"}}}""", "duplicate field \"metadata.labels.z\"")]
    [InlineData("""{"kind":"Pod","kind":"Pod"}""", "duplicate field \"kind\"")]
    [InlineData("""{"spec":{"volumes":[{"name":"a","name":"b","emptyDir":{},"emptyDir":{}}]}}""", "duplicate field \"spec.volumes[0].name\", duplicate field \"spec.volumes[0].emptyDir\"")]
    [InlineData("""{"Spec":{}}""", "unknown field \"Spec\"")]
    public void Complaint_Strict_NamesThePath(string json, string complaint) => Assert.EndsWith("strict decoding error: " + complaint, Refused(json).Message);

    [Fact]
    public void UnknownField_Warn_IsReportedAndDropped()
    {
        var warnings = new List<string>();
        var pod = ApiJson.Decode(Kinds.Pod, """{"spec":{"nodeName":"n","what":[1,{"a":2}]}}"""u8, FieldValidation.Warn, warnings);
        Assert.Equal(["unknown field \"spec.what\""], warnings);
        Assert.Equal("n", Assert.IsType<Pod>(pod).Spec.NodeName);
    }

    [Fact]
    public void UnknownField_Ignore_IsDroppedSilently()
    {
        var warnings = new List<string>();
        ApiJson.Decode(Kinds.Pod, """{"what":1}"""u8, FieldValidation.Ignore, warnings);
        Assert.Empty(warnings);
    }

    [Theory]
    [InlineData("""{"spec":{"containers":[{},{"image":5}]}}""", "json: cannot unmarshal number 5 into field \"spec.containers[1].image\" of type string")]
    [InlineData("""{"spec":{"containers":{}}}""", "json: cannot unmarshal object into field \"spec.containers\" of type array")]
    [InlineData("""{"spec":{"priority":1.5}}""", "json: cannot unmarshal number 1.5 into field \"spec.priority\" of type 32-bit integer")]
    [InlineData("""{"spec":{"hostNetwork":"yes"}}""", "json: cannot unmarshal string into field \"spec.hostNetwork\" of type boolean")]
    [InlineData("""{"metadata":{"labels":{"a":1}}}""", "json: cannot unmarshal number 1 into field \"metadata.labels.a\" of type string")]
    [InlineData("""{"spec":[]}""", "json: cannot unmarshal array into field \"spec\" of type object")]
    public void WrongType_AnyMode_IsRefusedWithThePath(string json, string message) => Assert.EndsWith(message, Refused(json, FieldValidation.Ignore).Message);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{} {}")]
    [InlineData("null")]
    [InlineData("{\"metadata\":{\"name\":\"\\ud800\"}}")]
    [InlineData("{\"\\udc00\":1}")]
    [InlineData("{\"metadata\":{\"creationTimestamp\":\"yesterday\"}}")]
    [InlineData("{\"spec\":{\"overhead\":{\"cpu\":\"many\"}}}")]
    [InlineData("{\"kind\":\"Node\"}")]
    [InlineData("{\"apiVersion\":\"v2\"}")]
    public void NotAPod_AnyMode_IsABadRequest(string json) => Assert.Equal(400, Refused(json, FieldValidation.Ignore).Code);

    [Fact]
    public void DeepNesting_IsABadRequest()
    {
        var json = "{\"metadata\":{\"managedFields\":[{\"fieldsV1\":" + new string('[', 5000) + new string(']', 5000) + "}]}}";
        Assert.Equal(400, Refused(json).Code);
    }

    [Fact]
    public void TooManyElements_IsRefusedAsTooLarge()
    {
        var json = "{\"spec\":{\"containers\":[" + string.Join(',', Enumerable.Repeat("{}", ApiLimits.MaxNodes + 1)) + "]}}";
        Assert.Equal(413, Refused(json).Code);
    }

    [Fact]
    public void InvalidUtf8_IsABadRequest()
    {
        byte[] json = [.. "{\"metadata\":{\"name\":\""u8, 0xC3, 0x28, .. "\"}}"u8];
        Assert.Equal(400, Assert.Throws<ApiException>(() => ApiJson.Decode(Kinds.Pod, json)).Code);
    }

    [Fact]
    public void EscapedName_FindsItsField()
    {
        var pod = (Pod)ApiJson.Decode(Kinds.Pod, """{"sp\u0065c":{"nodeN\u0061me":"n"}}"""u8, FieldValidation.Strict);
        Assert.Equal("n", pod.Spec.NodeName);
    }

    [Fact]
    public void Null_ForAnyField_MeansAbsent()
    {
        var pod = (Pod)ApiJson.Decode(Kinds.Pod, """{"metadata":null,"spec":{"containers":null,"hostNetwork":null,"securityContext":null,"nodeName":null}}"""u8, FieldValidation.Strict);
        Assert.Null(pod.Spec.SecurityContext);
        Assert.Empty(pod.Spec.Containers);
    }

    [Fact]
    public void DocumentInsideAnother_MayNameItsKind()
    {
        var json = """{"kind":"Eviction","apiVersion":"policy/v1","metadata":{"name":"p"},"deleteOptions":{"kind":"DeleteOptions","apiVersion":"v1","gracePeriodSeconds":3}}"""u8;
        var eviction = (Minke.Api.Policy.Eviction)ApiJson.Decode(Kinds.Eviction, json, FieldValidation.Strict);
        Assert.Equal(3, eviction.DeleteOptions!.GracePeriodSeconds);
    }

    [Theory]
    [InlineData("2026-02-29T00:00:00Z")]
    [InlineData("2026-13-01T00:00:00Z")]
    [InlineData("2026-01-01T24:00:00Z")]
    [InlineData("2026-01-01 00:00:00Z")]
    [InlineData("2026-01-01T00:00:00")]
    [InlineData("2026-01-01T00:00:00.Z")]
    [InlineData("2026-01-01T00:00:00+1:00")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59-01:00")]
    public void Time_OutOfForm_IsABadRequest(string text) => Assert.Equal(400, Refused($$$"""{"metadata":{"creationTimestamp":"{{{text}}}"}}""").Code);

    [Theory]
    [InlineData("2026-01-02T03:04:05Z", "2026-01-02T03:04:05Z")]
    [InlineData("2026-01-02T03:04:05.987654321Z", "2026-01-02T03:04:05Z")]
    [InlineData("2026-01-02T03:04:05+02:30", "2026-01-02T00:34:05Z")]
    [InlineData("2024-02-29T23:59:59-01:00", "2024-03-01T00:59:59Z")]
    public void Time_Read_IsWrittenInUtc(string text, string written)
    {
        var pod = ApiJson.Decode(Kinds.Pod, Encoding.UTF8.GetBytes($$$"""{"metadata":{"creationTimestamp":"{{{text}}}"}}"""), FieldValidation.Strict);
        Assert.Contains($"\"creationTimestamp\":\"{written}\"", Encoding.UTF8.GetString(ApiJson.Encode(pod)));
    }

    private static ApiException Refused(string json, FieldValidation validation = FieldValidation.Strict) =>
        Assert.Throws<ApiException>(() => ApiJson.Decode(Kinds.Pod, Encoding.UTF8.GetBytes(json), validation));
}
