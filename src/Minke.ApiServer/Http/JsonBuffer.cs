using System.Buffers;
using System.Text.Json;

namespace Minke.ApiServer.Http;

/// <summary>JSON that is written by hand into a buffer of its own.</summary>
internal static class JsonBuffer
{
    public static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            write(json);
        }

        return buffer.WrittenMemory;
    }
}
