using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Minke.Api;
using Minke.Api.Core;

namespace Minke.ApiServer.NodeProxy;

/// <summary>Translates the query parameters of a pod's subresources to those of the node's endpoints, checking them on the way.</summary>
internal static class NodeQueries
{
    /// <summary>For exec and attach (<c>PodExecOptions</c>, <c>PodAttachOptions</c>).</summary>
    public static string RemoteCommand(IQueryCollection query)
    {
        var builder = new QueryBuilder();
        foreach (var (from, to) in new[] { ("stdin", "input"), ("stdout", "output"), ("stderr", "error"), ("tty", "tty") })
        {
            if (Flag(query, from))
            {
                builder.Add(to, "1");
            }
        }

        foreach (var part in query["command"])
        {
            builder.Add("command", part ?? "");
        }

        return builder.ToString();
    }

    /// <summary>For port-forward (<c>PodPortForwardOptions</c>).</summary>
    public static string PortForward(IQueryCollection query)
    {
        var builder = new QueryBuilder();
        foreach (var port in query["ports"].Concat(query["port"]))
        {
            builder.Add("port", port ?? "");
        }

        return builder.ToString();
    }

    /// <summary>For logs (<c>PodLogOptions</c>).</summary>
    /// <exception cref="ApiException">A parameter is malformed (400) or does not make sense (422).</exception>
    public static string Logs(IQueryCollection query, string podName)
    {
        var errors = new FieldErrors();
        var builder = new QueryBuilder();
        AddFlags(query, builder);
        AddNumber(query, builder, errors, "tailLines", 0);
        AddNumber(query, builder, errors, "limitBytes", 1);
        AddNumber(query, builder, errors, "sinceSeconds", 1);
        AddSinceTime(query, builder, errors);
        AddStream(query, builder, errors);
        return errors.Any ? throw ApiErrors.Invalid(Kinds.Of<Pod>(), podName, errors) : builder.ToString();
    }

    // As in Kubernetes: a parameter that is there is true, unless it says 0 or false.
    private static bool Flag(IQueryCollection query, string name) => query.TryGetValue(name, out var values)
        && values.FirstOrDefault("") is { } value && value != "0" && !value.Equals("false", StringComparison.OrdinalIgnoreCase);

    private static string First(IQueryCollection query, string name) => query.TryGetValue(name, out var values) ? values.FirstOrDefault("") ?? "" : "";

    private static void AddFlags(IQueryCollection query, QueryBuilder builder)
    {
        foreach (var name in new[] { "follow", "previous", "timestamps" })
        {
            if (Flag(query, name))
            {
                builder.Add(name, "true");
            }
        }
    }

    private static void AddNumber(IQueryCollection query, QueryBuilder builder, FieldErrors errors, string name, long least)
    {
        var text = First(query, name);
        if (text.Length == 0)
        {
            return;
        }

        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            throw ApiErrors.BadRequest($"{name}: \"{text}\" is not an integer");
        }

        if (number < least)
        {
            errors.Invalid(name, number, least == 0 ? "must be greater than or equal to 0" : "must be greater than 0");
        }

        builder.Add(name, number.ToString(CultureInfo.InvariantCulture));
    }

    private static void AddSinceTime(IQueryCollection query, QueryBuilder builder, FieldErrors errors)
    {
        var text = First(query, "sinceTime");
        if (text.Length == 0)
        {
            return;
        }

        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _))
        {
            throw ApiErrors.BadRequest($"sinceTime: \"{text}\" is not a time of RFC 3339");
        }

        if (First(query, "sinceSeconds").Length > 0)
        {
            errors.Forbidden("sinceSeconds", "at most one of `sinceTime` or `sinceSeconds` may be specified");
        }

        builder.Add("sinceTime", text);
    }

    private static void AddStream(IQueryCollection query, QueryBuilder builder, FieldErrors errors)
    {
        var stream = First(query, "stream");
        if (stream is "")
        {
            return;
        }

        if (stream is not ("All" or "Stdout" or "Stderr"))
        {
            errors.NotSupported("stream", stream, "All", "Stdout", "Stderr");
        }
        else if (stream != "All" && First(query, "tailLines").Length > 0)
        {
            errors.Forbidden("tailLines", "`tailLines` and specific `stream` are mutually exclusive for now");
        }

        builder.Add("stream", stream);
    }
}
