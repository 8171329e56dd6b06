using System.Globalization;
using Microsoft.AspNetCore.Http;
using Minke.Api;

namespace Minke.ApiServer.Http;

/// <summary>Reads query parameters as Kubernetes does. Of one given twice the first counts.</summary>
public readonly struct RequestQuery(IQueryCollection query)
{
    public string LabelSelector => Text("labelSelector");

    public string FieldSelector => Text("fieldSelector");

    public string ResourceVersion => Text("resourceVersion");

    public string ResourceVersionMatch => Text("resourceVersionMatch");

    public string Continue => Text("continue");

    public bool Watch => Flag("watch");

    public bool AllowWatchBookmarks => Flag("allowWatchBookmarks");

    public bool Force => Flag("force");

    public bool Pretty => query.ContainsKey("pretty") && Flag("pretty");

    /// <summary>Which form of the object the rows of a table carry: <c>None</c>, <c>Metadata</c> or <c>Object</c>.</summary>
    public string IncludeObject => Text("includeObject");

    /// <summary>Null when not given.</summary>
    public bool? SendInitialEvents => query.ContainsKey("sendInitialEvents") ? Flag("sendInitialEvents") : null;

    /// <exception cref="ApiException">It is not a number (400).</exception>
    public int Limit => (int)Math.Clamp(Number("limit") ?? 0, 0, int.MaxValue);

    /// <exception cref="ApiException">It is not a number (400).</exception>
    public long? TimeoutSeconds => Number("timeoutSeconds");

    /// <exception cref="ApiException">It is not a number (400).</exception>
    public long? GracePeriodSeconds => Number("gracePeriodSeconds");

    public string PropagationPolicy => Text("propagationPolicy");

    public bool? OrphanDependents => query.ContainsKey("orphanDependents") ? Flag("orphanDependents") : null;

    /// <exception cref="ApiException">It is something else than <c>All</c> (400).</exception>
    public bool DryRun => Text("dryRun") switch
    {
        "" => false,
        "All" => true,
        var other => throw ApiErrors.BadRequest($"dryRun: Unsupported value: \"{other}\": supported values: \"All\""),
    };

    /// <summary>Who the written fields belong to; empty when not given.</summary>
    public string FieldManager => Text("fieldManager");

    /// <summary>What is done about fields of a body that the kind does not have.</summary>
    /// <exception cref="ApiException">It is none of Strict, Warn and Ignore (400).</exception>
    public FieldValidation FieldValidation => Text("fieldValidation") switch
    {
        "" or "Warn" => FieldValidation.Warn,
        "Strict" => FieldValidation.Strict,
        "Ignore" => FieldValidation.Ignore,
        var other => throw ApiErrors.BadRequest(
            $"fieldValidation: Unsupported value: \"{other}\": supported values: \"Ignore\", \"Strict\", \"Warn\""),
    };

    private string Text(string name) => query.TryGetValue(name, out var values) && values.Count > 0 ? values[0] ?? "" : "";

    // As Kubernetes: a parameter that is there is true, unless it says 0 or false.
    private bool Flag(string name)
    {
        if (!query.ContainsKey(name))
        {
            return false;
        }

        var value = Text(name);
        return value is not "0" && !value.Equals("false", StringComparison.OrdinalIgnoreCase);
    }

    private long? Number(string name)
    {
        var text = Text(name);
        if (text.Length == 0)
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw ApiErrors.BadRequest($"{name}: Invalid value: \"{text}\": must be an integer");
    }
}
