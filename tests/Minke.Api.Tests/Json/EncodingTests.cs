using System.Text;
using Minke.Api.Core;
using Minke.Api.Meta;

namespace Minke.Api.Tests.Json;

public sealed class EncodingTests
{
    [Fact]
    public void Pod_Encoded_HasKindFirstAndStructsAlways()
    {
        var pod = new Pod { Metadata = new ObjectMeta { Name = "a" }, Spec = new PodSpec { Containers = [new Container { Name = "c" }] } };
        Assert.Equal("""{"kind":"Pod","apiVersion":"v1","metadata":{"name":"a"},"spec":{"containers":[{"name":"c","resources":{}}]},"status":{}}""", Text(pod));
    }

    [Fact]
    public void String_WithSpecialCharacters_IsEscapedAsGoDoes()
    {
        var map = new ConfigMap { Data = { ["k"] = "<a href=\"x\">&'\u2028\u0001\n\u007f日😀" } };
        Assert.Contains("\"k\":\"\\u003ca href=\\\"x\\\"\\u003e\\u0026'\\u2028\\u0001\\n\u007f日😀\"", Text(map));
    }

    [Fact]
    public void Map_Encoded_IsSortedByKey()
    {
        var map = new ConfigMap { Data = { ["b"] = "2", ["a"] = "1", ["c"] = "3" } };
        Assert.Contains("""{"a":"1","b":"2","c":"3"}""", Text(map));
    }

    [Fact]
    public void Time_Encoded_IsUtcWithWholeSeconds()
    {
        var meta = new ObjectMeta { CreationTimestamp = new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.FromHours(2)) };
        Assert.Equal("""{"creationTimestamp":"2026-01-02T01:04:05Z"}""", Encoding.UTF8.GetString(ApiJson.EncodeValue(meta)));
    }

    [Fact]
    public void RequiredTime_Absent_IsNull() => Assert.Contains("\"eventTime\":null", Text(new Minke.Api.Events.Event()));

    [Fact]
    public void Pointer_ToZero_IsWritten()
    {
        var spec = new PodSpec { TerminationGracePeriodSeconds = 0, AutomountServiceAccountToken = false };
        Assert.Equal(
            """{"containers":[],"terminationGracePeriodSeconds":0,"automountServiceAccountToken":false}""",
            Encoding.UTF8.GetString(ApiJson.EncodeValue(spec)));
    }

    [Fact]
    public void InlinedFields_AreFlat()
    {
        var volume = new Volume { Name = "v", Source = { HostPath = new HostPathVolumeSource { Path = "/x" } } };
        Assert.Equal("""{"name":"v","hostPath":{"path":"/x"}}""", Encoding.UTF8.GetString(ApiJson.EncodeValue(volume)));
    }

    [Fact]
    public void Splice_IntoEmptyMetadata_NeedsNoComma()
    {
        var spliced = ApiJson.SpliceResourceVersion(Kinds.Secret, ApiJson.EncodeForStore(new Secret()), 7);
        Assert.Equal("""{"kind":"Secret","apiVersion":"v1","metadata":{"resourceVersion":"7"}}""", Encoding.UTF8.GetString(spliced));
    }

    [Fact]
    public void EncodeForStore_LeavesOutTheResourceVersion()
    {
        var secret = new Secret { Metadata = { Name = "s", ResourceVersion = "12" } };
        Assert.Equal("""{"kind":"Secret","apiVersion":"v1","metadata":{"name":"s"}}""", Encoding.UTF8.GetString(ApiJson.EncodeForStore(secret)));
    }

    private static string Text(ApiRoot value) => Encoding.UTF8.GetString(ApiJson.Encode(value));
}
