using System.Globalization;
using System.Text;

namespace Minke.Node.Logs;

/// <summary>
/// One line of a container's log file in the CRI format (<c>TIMESTAMP STREAM TAGS CONTENT</c>; kubernetes/design-proposals, kubelet-cri-logging).
/// The tag P says that the container's line goes on in the next entry of the same stream, F that it ends here.
/// </summary>
internal readonly ref struct CriLogLine
{
    /// <summary>Enough room for <see cref="FormatTimestamp"/> and a space.</summary>
    public const int MaxTimestampBytes = 64;

    private const int SecondsEnd = 19; // the length of 2006-01-02T15:04:05
    private const int FractionEnd = SecondsEnd + 10; // with a point and nine digits

    private CriLogLine(ReadOnlySpan<byte> timestamp, bool isStderr, bool isPartial, ReadOnlySpan<byte> content)
    {
        Timestamp = timestamp;
        IsStderr = isStderr;
        IsPartial = isPartial;
        Content = content;
    }

    /// <summary>RFC 3339 with up to nine digits of a second.</summary>
    public ReadOnlySpan<byte> Timestamp { get; }

    public bool IsStderr { get; }

    public bool IsPartial { get; }

    /// <summary>Without a line end.</summary>
    public ReadOnlySpan<byte> Content { get; }

    /// <summary>False when the line (given without its line end) has another form.</summary>
    public static bool TryParse(ReadOnlySpan<byte> line, out CriLogLine parsed)
    {
        parsed = default;
        var timestamp = Take(ref line);
        var stream = Take(ref line);
        var tags = Take(ref line);
        var isStderr = stream.SequenceEqual("stderr"u8);
        if (timestamp.Length < "2006-01-02T15:04:05Z".Length || (!isStderr && !stream.SequenceEqual("stdout"u8)))
        {
            return false;
        }

        // Further tags may follow a colon.
        var first = tags.IndexOf((byte)':') is var colon and >= 0 ? tags[..colon] : tags;
        if (first is not [(byte)'P'] and not [(byte)'F'])
        {
            return false;
        }

        parsed = new CriLogLine(timestamp, isStderr, first[0] == 'P', line);
        return true;
    }

    /// <summary>False when the timestamp is not RFC 3339. Digits beyond 100 ns are cut off.</summary>
    public bool TryGetTime(out DateTimeOffset time)
    {
        Span<byte> nineDigits = stackalloc byte[MaxTimestampBytes];
        var text = Encoding.ASCII.GetString(nineDigits[..FormatTimestamp(nineDigits)]);
        var sevenDigits = string.Concat(text.AsSpan(0, FractionEnd - 2), text.AsSpan(FractionEnd));
        return DateTimeOffset.TryParseExact(
            sevenDigits, "yyyy-MM-dd'T'HH:mm:ss.fffffffK", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
    }

    /// <summary>Writes the timestamp with all nine digits, as clients are used to get it; returns the length.</summary>
    public int FormatTimestamp(Span<byte> output)
    {
        var length = Math.Min(Timestamp.Length, output.Length - 11);
        var zone = SecondsEnd;
        if (Timestamp[SecondsEnd] == '.')
        {
            zone++;
            while (zone < length && char.IsAsciiDigit((char)Timestamp[zone]))
            {
                zone++;
            }
        }

        Timestamp[..SecondsEnd].CopyTo(output);
        output[SecondsEnd..(FractionEnd)].Fill((byte)'0');
        output[SecondsEnd] = (byte)'.';
        var digits = Math.Clamp(zone - SecondsEnd - 1, 0, 9);
        Timestamp.Slice(zone == SecondsEnd ? zone : SecondsEnd + 1, digits).CopyTo(output[(SecondsEnd + 1)..]);
        Timestamp[zone..length].CopyTo(output[(FractionEnd)..]);
        return FractionEnd + length - zone;
    }

    private static ReadOnlySpan<byte> Take(scoped ref ReadOnlySpan<byte> line)
    {
        var space = line.IndexOf((byte)' ');
        var taken = space < 0 ? line : line[..space];
        line = space < 0 ? [] : line[(space + 1)..];
        return taken;
    }
}
