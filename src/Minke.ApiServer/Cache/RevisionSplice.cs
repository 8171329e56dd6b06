using System.Buffers.Text;
using System.Text;
using Minke.Api;

namespace Minke.ApiServer.Cache;

/// <summary>
/// Puts the resourceVersion into an object's JSON without parsing it: stored values of a kind begin with the same bytes up to the first field of
/// the metadata, and the resourceVersion goes in front of that field.
/// </summary>
internal sealed class RevisionSplice(KindInfo kind)
{
    private const int MaxDigits = 19;

    private readonly byte[] _head = Encoding.UTF8.GetBytes($$"""{"kind":"{{kind.Kind}}","apiVersion":"{{kind.ApiVersion}}","metadata":{""");

    private int FirstDigit => _head.Length + "\"resourceVersion\":\"".Length;

    /// <summary>A stored value with its resourceVersion in it.</summary>
    /// <exception cref="InvalidDataException">The value is not a stored object of the kind.</exception>
    public byte[] Insert(ReadOnlySpan<byte> stored, long revision) => ApiJson.SpliceResourceVersion(kind, stored, revision);

    /// <summary>The same object with another resourceVersion, from what <see cref="Insert"/> gave.</summary>
    public byte[] Replace(ReadOnlySpan<byte> json, long revision)
    {
        var rest = json[FirstDigit..];
        rest = rest[rest.IndexOf((byte)'"')..];
        Span<byte> digits = stackalloc byte[MaxDigits];
        Utf8Formatter.TryFormat(revision, digits, out var count);
        return [.. json[..FirstDigit], .. digits[..count], .. rest];
    }

    /// <summary>What a bookmark carries: an object with nothing but its resourceVersion.</summary>
    /// <param name="endsInitialEvents">With the annotation that ends the initial events of a watch (KEP-3157).</param>
    public byte[] Bookmark(long revision, bool endsInitialEvents)
    {
        var rest = endsInitialEvents
            ? """
              "creationTimestamp":null,"annotations":{"k8s.io/initial-events-end":"true"}}}
              """u8
            : """
              "creationTimestamp":null}}
              """u8;
        return Insert([.. _head, .. rest], revision);
    }
}
