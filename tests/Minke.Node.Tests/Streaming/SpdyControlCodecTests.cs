using FsCheck;
using FsCheck.Fluent;
using Minke.Node.Streaming.Spdy;

namespace Minke.Node.Tests.Streaming;

public sealed class SpdyControlCodecTests
{
    // Header blocks as zlib writes them at level 9 with the preset dictionary, one stream for all three.
    private const string ErrorBlock = "78f9e3c6a7c202a62346703a2b294a4dcc851625aca9a08006000000ffff";
    private const string StdinBlock = "c22e555c02cc2e00000000ffff";
    private const string DataBlock = "0225550c295001940829cb8bc0d9c6c2c0c20048731641e23e139427180d00000000ffff";

    [Fact]
    public void HeadersCompressedByZlib_AreRead_AcrossFrames()
    {
        using var codec = new SpdyControlCodec();

        var first = DecodeSynStream(codec, 1, ErrorBlock);
        var second = DecodeSynStream(codec, 3, StdinBlock);
        var third = DecodeSynStream(codec, 5, DataBlock);

        Assert.Equal("error", first.Headers["streamtype"]);
        Assert.Equal("stdin", second.Headers["streamtype"]);
        Assert.Equal(new Dictionary<string, string> { ["streamtype"] = "data", ["port"] = "8080", ["requestid"] = "0" }, third.Headers);
    }

    [Fact]
    public void SynStream_IsWrittenByteForByte()
    {
        using var codec = new SpdyControlCodec();

        var bytes = codec.Encode(new SynStreamFrame(1, 0, false, false, new Dictionary<string, string> { ["a"] = "b" }));

        Assert.Equal(
            "8003000100000028" // control, version 3, SYN_STREAM, no flags, 40 bytes
            + "00000001000000000000" // stream 1, no associated stream, priority and slot 0
            + "7820e3c6a7c2" // zlib header with the dictionary's id
            + "000e00f1ff" + "00000001" + "0000000161" + "0000000162" // a stored block of 14 bytes: 1 header, a: b
            + "000000ffff", // flush
            Convert.ToHexStringLower(bytes));
    }

    [Fact]
    public void DictionaryId_IsTheAdler32OfItsBytes()
    {
        uint a = 1, b = 0;
        foreach (var value in SpdyDictionary.Bytes)
        {
            a = (a + value) % 65521;
            b = (b + a) % 65521;
        }

        Assert.Equal(SpdyDictionary.Id, (b << 16) | a);
    }

    public static TheoryData<string> FrameNames => [.. Frames.Keys];

    [Theory]
    [MemberData(nameof(FrameNames))]
    public void Frame_RoundTrips(string name)
    {
        using var sender = new SpdyControlCodec();
        using var receiver = new SpdyControlCodec();

        var decoded = Decode(receiver, sender.Encode(Frames[name]));

        Assert.Equivalent(Frames[name], decoded, strict: true);
    }

    [Fact]
    public void ManyHeaderBlocks_RoundTrip_OnOneConnection()
    {
        using var sender = new SpdyControlCodec();
        using var receiver = new SpdyControlCodec();
        for (uint i = 1; i < 400; i += 2)
        {
            var headers = new Dictionary<string, string> { ["streamtype"] = "data", ["requestid"] = $"{i}", ["padding"] = new string('x', (int)i * 50) };
            var decoded = (SynStreamFrame)Decode(receiver, sender.Encode(new SynStreamFrame(i, 0, false, false, headers)));
            Assert.Equal(headers, decoded.Headers);
        }
    }

    [Fact]
    public void UnknownType_IsReportedAsUnknown()
    {
        using var codec = new SpdyControlCodec();
        Assert.Equal(new UnknownFrame((SpdyFrameType)77), codec.Decode(SpdyFrameHeader.Control((SpdyFrameType)77, 0, 3), [1, 2, 3]));
    }

    [Fact]
    public void OtherVersion_IsRefused() =>
        Assert.Throws<SpdyProtocolException>(() => SpdyFrameHeader.Parse(Convert.FromHexString("8002000600000004")));

    [Theory]
    [InlineData(nameof(SpdyFrameType.SynStream), "000000")]
    [InlineData(nameof(SpdyFrameType.SynStream), "00000000000000000000" + ErrorBlock)] // stream 0
    [InlineData(nameof(SpdyFrameType.SynReply), "00000001")] // no header block
    [InlineData(nameof(SpdyFrameType.RstStream), "00000001")]
    [InlineData(nameof(SpdyFrameType.Ping), "0000000100")]
    [InlineData(nameof(SpdyFrameType.GoAway), "00000001")]
    [InlineData(nameof(SpdyFrameType.WindowUpdate), "00000001")]
    [InlineData(nameof(SpdyFrameType.Settings), "00000002" + "0000000400000064")] // says 2, holds 1
    [InlineData(nameof(SpdyFrameType.Settings), "ffffffff" + "0000000400000064")]
    [InlineData(nameof(SpdyFrameType.SynReply), "00000001" + "78f9deadbeef")] // another dictionary
    [InlineData(nameof(SpdyFrameType.SynReply), "00000001" + "78f9e3c6a7c2ffffffff")] // not deflate
    public void MalformedPayload_IsRefused(string type, string payload)
    {
        using var codec = new SpdyControlCodec();
        var bytes = Convert.FromHexString(payload);
        Assert.Throws<SpdyProtocolException>(() => codec.Decode(SpdyFrameHeader.Control(Enum.Parse<SpdyFrameType>(type), 0, bytes.Length), bytes));
    }

    [Fact]
    public void HeaderBlockThatInflatesBeyondTheLimit_IsRefused()
    {
        using var zlib = new MemoryStream();
        using (var deflate = new System.IO.Compression.ZLibStream(zlib, System.IO.Compression.CompressionLevel.SmallestSize, leaveOpen: true))
        {
            deflate.Write(new byte[10_000_000]);
        }

        byte[] payload = [0, 0, 0, 1, .. zlib.ToArray()];
        using var codec = new SpdyControlCodec();

        var refused = Assert.Throws<SpdyProtocolException>(() => codec.Decode(SpdyFrameHeader.Control(SpdyFrameType.SynReply, 0, payload.Length), payload));

        Assert.Contains("limit", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("00000002" + "0000000161" + "0000000162")] // says 2 headers, holds 1
    [InlineData("00000002" + "0000000161" + "0000000162" + "0000000161" + "0000000163")] // a repeated name
    [InlineData("00000001" + "00000000" + "0000000162")] // an empty name
    [InlineData("00000001" + "ffffffff61" + "0000000162")] // a length beyond the block
    [InlineData("7fffffff")] // too many headers
    [InlineData("00000000" + "00")] // trailing bytes
    [InlineData("0000")]
    public void MalformedHeaderBlock_IsRefused(string block) =>
        Assert.Throws<SpdyProtocolException>(() => SpdyHeaderBlock.Decode(Convert.FromHexString(block)));

    [Fact]
    public void RandomBytes_AreDecodedOrRefused_NeverAnythingElse()
    {
        var frames = from type in Gen.Choose(0, 12) from flags in Gen.Choose(0, 255) from payload in Gen.ListOf(Gen.Choose(0, 255)) select (type, flags, payload);
        Prop.ForAll(frames.ToArbitrary(), frame => DecodesOrRefuses((SpdyFrameType)frame.type, (byte)frame.flags, [.. frame.payload.Select(b => (byte)b)]))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Fact]
    public void CorruptedFrames_AreDecodedOrRefused_NeverAnythingElse()
    {
        var changes = from position in Gen.Choose(0, 39) from value in Gen.Choose(0, 255) select (position, value);
        Prop.ForAll(changes.ToArbitrary(), change =>
        {
            byte[] payload = [.. Convert.FromHexString("00000001000000000000" + ErrorBlock)];
            payload[change.position % payload.Length] = (byte)change.value;
            return DecodesOrRefuses(SpdyFrameType.SynStream, 0, payload);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    private static readonly Dictionary<string, SpdyControlFrame> Frames = new()
    {
        ["syn stream"] = new SynStreamFrame(7, 3, true, true, new Dictionary<string, string> { ["streamtype"] = "stdin" }),
        ["syn reply"] = new SynReplyFrame(7, true, new Dictionary<string, string>()),
        ["headers"] = new HeadersFrame(7, false, new Dictionary<string, string> { ["ö"] = "ü\0two" }),
        ["reset"] = new RstStreamFrame(9, SpdyResetStatus.Cancel),
        ["ping"] = new PingFrame(0xFFFF_FFFF),
        ["go away"] = new GoAwayFrame(11, 2),
        ["window update"] = new WindowUpdateFrame(5, 65536),
        ["settings"] = new SettingsFrame([new SpdySetting(1, 4, 100), new SpdySetting(0, 7, 65536)]),
        ["no settings"] = new SettingsFrame([]),
    };

    private static bool DecodesOrRefuses(SpdyFrameType type, byte flags, byte[] payload)
    {
        using var codec = new SpdyControlCodec();
        try
        {
            return codec.Decode(SpdyFrameHeader.Control(type, flags, payload.Length), payload) is not null;
        }
        catch (SpdyProtocolException refused)
        {
            return refused.Message.Length > 0;
        }
    }

    private static SynStreamFrame DecodeSynStream(SpdyControlCodec codec, uint id, string block)
    {
        var payload = Convert.FromHexString($"{id:x8}00000000" + "0000" + block);
        return (SynStreamFrame)codec.Decode(SpdyFrameHeader.Control(SpdyFrameType.SynStream, 0, payload.Length), payload);
    }

    private static SpdyControlFrame Decode(SpdyControlCodec codec, byte[] bytes)
    {
        var header = SpdyFrameHeader.Parse(bytes);
        Assert.Equal(bytes.Length - SpdyFrameHeader.Size, header.Length);
        return codec.Decode(header, bytes.AsSpan(SpdyFrameHeader.Size));
    }
}
