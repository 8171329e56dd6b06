using System.Text.Json;
using Minke.Api;

namespace Minke.ApiServer.Tables;

/// <summary>Writes the cells of one row, in the order of the columns.</summary>
public readonly struct TableRow(Utf8JsonWriter json, DateTimeOffset now)
{
    private const string None = "<none>";

    public DateTimeOffset Now => now;

    public void Text(string value) => json.WriteStringValue(value);

    /// <summary>A text, or <c>&lt;none&gt;</c> when it is empty.</summary>
    public void TextOrNone(string value) => json.WriteStringValue(value.Length == 0 ? None : value);

    public void Number(long value) => json.WriteNumberValue(value);

    public void Age(DateTimeOffset? moment) => json.WriteStringValue(HumanDuration.Since(moment, now));

    public void Name(ApiObject item) => json.WriteStringValue(item.Metadata.Name);

    public void Age(ApiObject item) => Age(item.Metadata.CreationTimestamp);

    /// <summary>Labels as <c>a=1,b=2</c>, or <c>&lt;none&gt;</c>.</summary>
    public void Labels(IReadOnlyDictionary<string, string> labels) =>
        TextOrNone(string.Join(',', labels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => $"{l.Key}={l.Value}")));
}
