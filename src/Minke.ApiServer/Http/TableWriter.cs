using System.Globalization;
using System.Text.Json;
using Minke.Api;
using Minke.ApiServer.Resources;
using Minke.ApiServer.Tables;

namespace Minke.ApiServer.Http;

/// <summary>What the answer says about a list as a whole.</summary>
internal readonly record struct ListHeader(long Revision, string Continue, long? Remaining)
{
    /// <summary>Writes the members of a ListMeta.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("metadata"u8);
        json.WriteString("resourceVersion"u8, Revision.ToString(CultureInfo.InvariantCulture));
        if (Continue.Length > 0)
        {
            json.WriteString("continue"u8, Continue);
        }

        if (Remaining is > 0)
        {
            json.WriteNumber("remainingItemCount"u8, Remaining.Value);
        }

        json.WriteEndObject();
    }
}

/// <summary>Writes <c>meta.k8s.io</c> Tables, which kubectl prints as they are.</summary>
/// <param name="includeObject">What rows carry besides their cells: <c>None</c>, <c>Object</c> or (default) <c>Metadata</c>.</param>
internal sealed class TableWriter(KindView view, string metaVersion, string includeObject)
{
    private readonly TablePrinter _printer = TablePrinters.For(view.Storage.Kind);

    /// <exception cref="ApiException"><paramref name="includeObject"/> is none of the three (400).</exception>
    public static string CheckIncludeObject(string includeObject) => includeObject is "" or "None" or "Metadata" or "Object"
        ? includeObject
        : throw ApiErrors.BadRequest($"includeObject: Unsupported value: \"{includeObject}\": supported values: \"Metadata\", \"None\", \"Object\"");

    /// <param name="items">In the form that is stored.</param>
    /// <param name="withColumns">False in the events of a watch after the first.</param>
    public void Write(Utf8JsonWriter json, ListHeader header, IEnumerable<ApiObject> items, DateTimeOffset now, bool withColumns = true)
    {
        json.WriteStartObject();
        json.WriteString("kind"u8, "Table"u8);
        json.WriteString("apiVersion"u8, "meta.k8s.io/" + metaVersion);
        header.Write(json);
        json.WritePropertyName("columnDefinitions"u8);
        if (withColumns)
        {
            WriteColumns(json);
        }
        else
        {
            json.WriteNullValue();
        }

        json.WriteStartArray("rows"u8);
        foreach (var item in items)
        {
            WriteRow(json, item, now);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteColumns(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var column in _printer.Columns)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, column.Name);
            json.WriteString("type"u8, column.Type);
            json.WriteString("format"u8, column.Format);
            json.WriteString("description"u8, column.Description);
            json.WriteNumber("priority"u8, column.Priority);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteRow(Utf8JsonWriter json, ApiObject item, DateTimeOffset now)
    {
        json.WriteStartObject();
        json.WriteStartArray("cells"u8);
        _printer.WriteCells(new TableRow(json, now), item);
        json.WriteEndArray();
        if (_printer.ConditionOf(item) is { } condition)
        {
            WriteCondition(json, condition);
        }

        if (includeObject != "None")
        {
            json.WritePropertyName("object"u8);
            if (includeObject == "Object")
            {
                ApiJson.Encode(view.Serve(item), json);
            }
            else
            {
                MetadataOnly.Write(json, item, metaVersion);
            }
        }

        json.WriteEndObject();
    }

    private static void WriteCondition(Utf8JsonWriter json, RowCondition condition)
    {
        json.WriteStartArray("conditions"u8);
        json.WriteStartObject();
        json.WriteString("type"u8, condition.Type);
        json.WriteString("status"u8, "True"u8);
        json.WriteString("reason"u8, condition.Reason);
        json.WriteString("message"u8, condition.Message);
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
