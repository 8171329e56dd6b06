using Minke.Api;
using Minke.ApiServer.Cache;

namespace Minke.ApiServer.Resources;

/// <summary>
/// A kind as clients see it, over the storage of the kind that it is kept as. Almost always they are the same and nothing is converted.
/// </summary>
public sealed class KindView
{
    private readonly Func<ApiObject, ApiObject>? _toServed;
    private readonly Func<ApiObject, ApiObject>? _toStored;

    internal KindView(KindInfo kind, ResourceStorage storage, Func<ApiObject, ApiObject>? toServed = null, Func<ApiObject, ApiObject>? toStored = null)
    {
        Kind = kind;
        Storage = storage;
        Fields = SelectableFields.For(kind);
        _toServed = toServed;
        _toStored = toStored;
    }

    /// <summary>The kind that is served.</summary>
    public KindInfo Kind { get; }

    /// <summary>Where the objects are.</summary>
    public ResourceStorage Storage { get; }

    /// <summary>The fields that field selectors may name.</summary>
    internal SelectableFields Fields { get; }

    /// <summary>The stored object in the form that is served; frozen when the stored object is.</summary>
    public ApiObject Serve(ApiObject stored)
    {
        if (_toServed is null)
        {
            return stored;
        }

        var served = _toServed(stored);
        return stored.IsFrozen ? served.Frozen() : served;
    }

    public ApiObject Store(ApiObject served) => _toStored is null ? served : _toStored(served);

    /// <summary>The complete JSON of an object; the cached bytes themselves when nothing is converted.</summary>
    public ReadOnlyMemory<byte> JsonOf(CachedObject item) => _toServed is null ? item.Json : ApiJson.Encode(Serve(item.Object));
}
