using System.Buffers.Binary;
using System.Text;

namespace Minke.Node.Streaming.Spdy;

/// <summary>The preset zlib dictionary for header blocks, as listed in section 2.6.10.1 of the SPDY protocol draft 3.</summary>
internal static class SpdyDictionary
{
    /// <summary>The Adler-32 checksum of <see cref="Bytes"/>, which a zlib stream names in its header (RFC 1950, DICTID).</summary>
    public const uint Id = 0xE3C6A7C2;

    // Each of these is preceded by its length as a 32-bit big-endian number.
    private const string PrefixedWords =
        "options head post put delete trace accept accept-charset accept-encoding accept-language accept-ranges age allow authorization "
        + "cache-control connection content-base content-encoding content-language content-length content-location content-md5 content-range "
        + "content-type date etag expect expires from host if-match if-modified-since if-none-match if-range if-unmodified-since last-modified "
        + "location max-forwards pragma proxy-authenticate proxy-authorization range referer retry-after server te trailer transfer-encoding "
        + "upgrade user-agent vary via warning www-authenticate method get status 200_OK version HTTP/1.1 url public set-cookie keep-alive origin";

    private const string Tail =
        "100101201202205206300302303304305306307402405406407408409410411412413414415416417502504505"
        + "203 Non-Authoritative Information204 No Content301 Moved Permanently400 Bad Request401 Unauthorized403 Forbidden404 Not Found"
        + "500 Internal Server Error501 Not Implemented503 Service Unavailable"
        + "Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec 00:00:00 Mon, Tue, Wed, Thu, Fri, Sat, Sun, GMT"
        + "chunked,text/html,image/png,image/jpg,image/gif,application/xml,application/xhtml+xml,text/plain,text/javascript,public"
        + "privatemax-age=gzip,deflate,sdchcharset=utf-8charset=iso-8859-1,utf-,*,enq=0.";

    private static readonly byte[] Content = Build();

    public static ReadOnlySpan<byte> Bytes => Content;

    private static byte[] Build()
    {
        using var built = new MemoryStream(1423);
        Span<byte> length = stackalloc byte[4];
        foreach (var word in PrefixedWords.Split(' '))
        {
            BinaryPrimitives.WriteInt32BigEndian(length, word.Length);
            built.Write(length);
            built.Write(Encoding.ASCII.GetBytes(word.Replace('_', ' ')));
        }

        built.Write(Encoding.ASCII.GetBytes(Tail));
        return built.ToArray();
    }
}
