using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Minke.Logging;

/// <summary>One event of the log, before it becomes a line.</summary>
internal readonly record struct LogEvent(DateTimeOffset At, LogLevel Level, string Category, EventId Id, string Message, Exception? Exception);

/// <summary>How log events look: one line each, for people or for programs.</summary>
internal enum LogFormat
{
    Human,
    Json,
}

internal static class LogLine
{
    /// <summary>The event as one line, its end included.</summary>
    public static string Render(in LogEvent item, LogFormat format) => format == LogFormat.Json ? RenderJson(item) : RenderHuman(item);

    private static string RenderHuman(in LogEvent item)
    {
        var text = new StringBuilder(160)
            .Append(item.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture))
            .Append(' ').Append(Abbreviate(item.Level)).Append(' ').Append(ShortCategory(item.Category)).Append(": ").Append(item.Message);
        if (item.Exception is { } exception)
        {
            text.Append(" | ").Append(exception);
        }

        // Whoever puts a line end into a message (an image's name, a pod's error) must not forge lines.
        return text.Replace("\r", "").Replace("\n", " ⏎ ").Append('\n').ToString();
    }

    private static string RenderJson(in LogEvent item)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("time", item.At);
            json.WriteString("level", item.Level.ToString().ToLowerInvariant());
            json.WriteString("category", item.Category);
            json.WriteNumber("event", item.Id.Id);
            json.WriteString("message", item.Message);
            if (item.Exception is { } exception)
            {
                json.WriteString("exception", exception.ToString());
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    private static string ShortCategory(string category) => category[(category.LastIndexOf('.') + 1)..];

    private static string Abbreviate(LogLevel level) => level switch
    {
        LogLevel.Trace => "TRC",
        LogLevel.Debug => "DBG",
        LogLevel.Information => "INF",
        LogLevel.Warning => "WRN",
        LogLevel.Error => "ERR",
        _ => "CRT",
    };
}
