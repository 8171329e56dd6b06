using System.Collections.Concurrent;
using Minke.Api;

namespace Minke.ApiServer.Patch.Apply;

/// <summary>
/// The JSON of an empty object of each kind, which a created object is compared with: what every object of the kind has anyway is not
/// something that its creator added.
/// </summary>
internal static class EmptyObjects
{
    private static readonly ConcurrentDictionary<KindInfo, byte[]> s_objects = new();

    public static ReadOnlyMemory<byte> Of(KindInfo kind) => s_objects.GetOrAdd(kind, static kind => ApiJson.Encode(kind.New()));
}
