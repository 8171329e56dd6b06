using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace Minke.Api;

/// <summary>API objects to and from JSON, as Kubernetes clients write and read it.</summary>
public static class ApiJson
{
    /// <summary>The complete JSON of a document.</summary>
    public static byte[] Encode(ApiRoot value) => EncodeWith(new JsonSink(), value);

    /// <summary>The JSON of a value that is not a document of its own, such as a pod's spec.</summary>
    public static byte[] EncodeValue(ApiType value)
    {
        using var sink = new JsonSink();
        WriteTo(sink, value);
        return sink.Written.ToArray();
    }

    /// <summary>The JSON that the store keeps: without what follows from the revision of the write.</summary>
    public static byte[] EncodeForStore(ApiObject value) => EncodeWith(JsonSink.ForStore(), value);

    public static void Encode(ApiType value, IBufferWriter<byte> target)
    {
        using var sink = new JsonSink();
        WriteTo(sink, value);
        target.Write(sink.Written);
    }

    public static void Encode(ApiType value, Utf8JsonWriter target)
    {
        using var sink = new JsonSink();
        WriteTo(sink, value);
        target.WriteRawValue(sink.Written, skipInputValidation: true);
    }

    /// <summary>Reads a value of a type known at compile time. What a document calls itself is not checked.</summary>
    /// <param name="warnings">Receives unknown and duplicate fields in mode <see cref="FieldValidation.Warn"/>.</param>
    /// <exception cref="ApiException">400: the bytes are not such a value, or strictly have unknown or duplicate fields; 413: it is too large.</exception>
    public static T Decode<T>(ReadOnlySpan<byte> utf8, FieldValidation validation = FieldValidation.Ignore, ICollection<string>? warnings = null) where T : ApiType, new()
    {
        var value = new T();
        Decode(value, utf8, validation, warnings);
        return value;
    }

    /// <summary>Reads an object of a kind. A missing <c>kind</c> or <c>apiVersion</c> is taken to be the expected one.</summary>
    /// <param name="warnings">Receives unknown and duplicate fields in mode <see cref="FieldValidation.Warn"/>.</param>
    /// <exception cref="ApiException">400: the bytes are not such an object, or strictly have unknown or duplicate fields; 413: it is too large.</exception>
    public static ApiObject Decode(KindInfo kind, ReadOnlySpan<byte> utf8, FieldValidation validation = FieldValidation.Ignore, ICollection<string>? warnings = null)
    {
        var value = kind.New();
        var decoding = Decode(value, utf8, validation, warnings);
        CheckTypeMeta(kind, decoding.ApiVersion, decoding.Kind);
        return value;
    }

    /// <summary>Puts <c>metadata.resourceVersion</c> into bytes that <see cref="EncodeForStore"/> made, without parsing them.</summary>
    /// <exception cref="InvalidDataException">The bytes do not begin as stored objects of the kind do.</exception>
    public static byte[] SpliceResourceVersion(KindInfo kind, ReadOnlySpan<byte> stored, long revision)
    {
        var head = kind.StoredHead;
        if (!stored.StartsWith(head) || stored.Length == head.Length)
        {
            throw new InvalidDataException($"Stored bytes of a {kind.Kind} do not begin with its kind, apiVersion and metadata.");
        }

        Span<byte> field = stackalloc byte[48];
        "\"resourceVersion\":\""u8.CopyTo(field);
        Utf8Formatter.TryFormat(revision, field[19..], out var digits);
        field[19 + digits] = (byte)'"';
        var length = 20 + digits;
        if (stored[head.Length] != (byte)'}')
        {
            field[length++] = (byte)',';
        }

        var result = new byte[stored.Length + length];
        stored[..head.Length].CopyTo(result);
        field[..length].CopyTo(result.AsSpan(head.Length));
        stored[head.Length..].CopyTo(result.AsSpan(head.Length + length));
        return result;
    }

    internal static void WriteTo(JsonSink sink, ApiType value)
    {
        if (value is not ApiRoot root)
        {
            sink.Object(value);
            return;
        }

        sink.Byte((byte)'{');
        sink.Required<string, StringCodec>("\"kind\":"u8, root.Kind);
        sink.Required<string, StringCodec>("\"apiVersion\":"u8, root.ApiVersion);
        root.WriteJsonFields(sink);
        sink.Byte((byte)'}');
    }

    /// <summary>Reads into a new, empty value. Its own <c>kind</c> and <c>apiVersion</c> are not checked.</summary>
    internal static JsonDecoding Decode(ApiType target, ReadOnlySpan<byte> utf8, FieldValidation validation, ICollection<string>? warnings)
    {
        var decoding = new JsonDecoding(validation);
        Guard(target, utf8, decoding);
        if (decoding.Complaints.Count > 0 && validation == FieldValidation.Strict)
        {
            throw ApiErrors.BadRequest(Prefix(target) + "strict decoding error: " + string.Join(", ", decoding.Complaints));
        }

        foreach (var complaint in decoding.Complaints)
        {
            warnings?.Add(complaint);
        }

        return decoding;
    }

    /// <exception cref="ApiException">400: the document says that it is something else.</exception>
    internal static void CheckTypeMeta(KindInfo expected, string apiVersion, string kind)
    {
        if (kind.Length > 0 && kind != expected.Kind)
        {
            throw ApiErrors.BadRequest($"the object provided is a {kind}, but the request is about a {expected.Kind}");
        }

        if (apiVersion.Length > 0 && apiVersion != expected.ApiVersion)
        {
            throw ApiErrors.BadRequest($"the API version in the data ({apiVersion}) does not match the expected API version ({expected.ApiVersion})");
        }
    }

    private static void Guard(ApiType target, ReadOnlySpan<byte> utf8, JsonDecoding decoding)
    {
        if (utf8.Length > ApiLimits.MaxBodyBytes)
        {
            throw ApiErrors.TooLarge($"the object is larger than {ApiLimits.MaxBodyBytes} bytes");
        }

        try
        {
            var source = new JsonSource(utf8, decoding);
            source.Read();
            source.ReadInto(target);
            source.Read();
        }
        catch (JsonException exception)
        {
            throw ApiErrors.BadRequest(Prefix(target) + "json: " + exception.Message, exception);
        }
        catch (ApiException exception) when (exception.Code == 400)
        {
            throw ApiErrors.BadRequest(Prefix(target) + exception.Message, exception);
        }
    }

    private static string Prefix(ApiType target) =>
        target is ApiRoot root ? $"{root.Kind} in version \"{root.ApiVersion}\" cannot be handled as a {root.Kind}: " : "";

    private static byte[] EncodeWith(JsonSink sink, ApiRoot value)
    {
        using (sink)
        {
            WriteTo(sink, value);
            return sink.Written.ToArray();
        }
    }
}
