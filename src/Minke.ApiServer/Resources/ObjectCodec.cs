using Minke.Api;

namespace Minke.ApiServer.Resources;

/// <summary>The encodings of objects that storage needs.</summary>
internal static class ObjectCodec
{
    /// <summary>The bytes that the store keeps; they do not depend on the resourceVersion.</summary>
    public static byte[] ForStore(ApiObject item) => ApiJson.EncodeForStore(item);

    /// <summary>Whether two values would be written alike.</summary>
    public static bool SameContent(ApiType a, ApiType b) => ApiJson.EncodeValue(a).AsSpan().SequenceEqual(ApiJson.EncodeValue(b));

    /// <summary>Whether two versions of an object differ in nothing but their resourceVersion.</summary>
    public static bool SameStored(ApiObject a, ApiObject b) => ForStore(a).AsSpan().SequenceEqual(ForStore(b));
}
