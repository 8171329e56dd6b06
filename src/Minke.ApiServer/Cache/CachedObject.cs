using Minke.Api;

namespace Minke.ApiServer.Cache;

/// <summary>
/// One version of one object. The JSON is made once and shared by every list and watch; the object behind it is made when somebody first
/// asks. Immutable and thread-safe.
/// </summary>
public sealed class CachedObject
{
    private readonly KindInfo _kind;
    private ApiObject? _object;

    internal CachedObject(KindInfo kind, string key, string ns, string name, long revision, ReadOnlyMemory<byte> json) =>
        (_kind, Key, Namespace, Name, Revision, Json) = (kind, key, ns, name, revision, json);

    /// <summary>The key in the store.</summary>
    public string Key { get; }

    /// <summary>Empty for a cluster-wide kind.</summary>
    public string Namespace { get; }

    public string Name { get; }

    /// <summary>What the metadata says as resourceVersion.</summary>
    public long Revision { get; }

    /// <summary>The object with its resourceVersion, as UTF-8 JSON.</summary>
    public ReadOnlyMemory<byte> Json { get; }

    /// <summary>The object, frozen. Every caller gets the same one.</summary>
    public ApiObject Object => Volatile.Read(ref _object) ?? Keep(ApiJson.Decode(_kind, Json.Span));

    // Of several readers that decode at once, one wins and all get its object.
    private ApiObject Keep(ApiObject item)
    {
        item.Freeze();
        return Interlocked.CompareExchange(ref _object, item, null) ?? item;
    }
}
