using System.Globalization;
using Microsoft.AspNetCore.Http;
using Minke.Node.Streaming;

namespace Minke.Node.Server;

/// <summary>Reads the query parameters that the kubelet's endpoints take.</summary>
internal static class NodeQuery
{
    /// <summary>The streams that an exec or attach asks for.</summary>
    public static RemoteCommandOptions RemoteCommand(IQueryCollection query)
    {
        var tty = IsSet(query, "tty");
        var options = new RemoteCommandOptions(IsSet(query, "input"), IsSet(query, "output"), IsSet(query, "error") && !tty, tty);
        return options is { Stdin: false, Stdout: false, Stderr: false }
            ? throw NodeRequestException.BadRequest("you must specify at least 1 of stdin, stdout, stderr")
            : options;
    }

    /// <summary>The ports of a port-forward: repeated, or in one value with commas.</summary>
    public static IReadOnlyList<ushort> Ports(IQueryCollection query) =>
    [
        .. query["port"].SelectMany(value => (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries)).Select(ParsePort),
    ];

    public static bool IsSet(IQueryCollection query, string name) => query[name].ToString() is "1" or "true" or "True" or "t" or "T" or "TRUE";

    /// <summary>A non-negative number; null when the parameter is absent.</summary>
    public static long? Number(IQueryCollection query, string name)
    {
        var text = query[name].ToString();
        return text.Length == 0
            ? null
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw NodeRequestException.BadRequest($"the query parameter \"{name}\" must be a number that is not negative, not \"{text}\"");
    }

    private static ushort ParsePort(string text) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0
            ? port
            : throw NodeRequestException.BadRequest($"\"{text}\" is not a port");
}
