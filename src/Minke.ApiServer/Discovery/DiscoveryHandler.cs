using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Minke.Api;
using Minke.ApiServer.Http;

namespace Minke.ApiServer.Discovery;

/// <summary>Answers <c>/api</c>, <c>/apis</c> and what is below them down to the lists of resources.</summary>
internal sealed class DiscoveryHandler
{
    private static readonly string[] s_aggregatedVersions = ["v2", "v2beta1"];

    private readonly FrozenDictionary<string, StaticDocument> _legacy;
    private readonly FrozenDictionary<(string Path, string Version), StaticDocument> _aggregated;

    public DiscoveryHandler(IReadOnlyList<ServedGroupVersion> served)
    {
        _legacy = LegacyDiscovery.Documents(served).ToFrozenDictionary(d => d.Key, d => new StaticDocument(ResponseType.Json, d.Value), StringComparer.Ordinal);
        var aggregated = new Dictionary<(string, string), StaticDocument>();
        foreach (var version in s_aggregatedVersions)
        {
            aggregated.Add(("/api", version), Aggregated(served.Where(gv => gv.Group.Length == 0), version));
            aggregated.Add(("/apis", version), Aggregated(served.Where(gv => gv.Group.Length > 0), version));
        }

        _aggregated = aggregated.ToFrozenDictionary();
    }

    /// <summary>Whether there is a document at the path.</summary>
    public bool Serves(string path) => _legacy.ContainsKey(path);

    /// <exception cref="ApiException">There is none (404), or not in a form that the client accepts (406).</exception>
    public Task HandleAsync(HttpContext http, string path)
    {
        if (!_legacy.TryGetValue(path, out var document))
        {
            throw ApiErrors.NoSuchPath();
        }

        http.Response.Headers.Vary = "Accept";
        var accept = http.Request.Headers.Accept.ToString();
        if (AggregatedVersion(accept) is { } version && _aggregated.TryGetValue((path, version), out var aggregated))
        {
            return aggregated.WriteAsync(http);
        }

        return ResponseType.ChooseOrThrow(accept) is { Format: WireFormat.Json, Shape: ResponseShape.Full }
            ? document.WriteAsync(http)
            : throw ApiErrors.NotAcceptable([ResponseType.Json]);
    }

    private static StaticDocument Aggregated(IEnumerable<ServedGroupVersion> served, string version) => new(
        $"{ResponseType.Json};g=apidiscovery.k8s.io;v={version};as=APIGroupDiscoveryList", AggregatedDiscovery.Document(served, version));

    // The first clause that asks for the aggregated form in JSON; clients list the newest version first.
    private static string? AggregatedVersion(string accept)
    {
        foreach (var clause in accept.Split(',', StringSplitOptions.TrimEntries))
        {
            var parts = clause.Split(';', StringSplitOptions.TrimEntries);
            if (parts[0] == ResponseType.Json && parts.Contains("as=APIGroupDiscoveryList") && parts.Contains("g=apidiscovery.k8s.io"))
            {
                var version = parts.FirstOrDefault(p => p.StartsWith("v=", StringComparison.Ordinal))?[2..];
                if (version is not null && s_aggregatedVersions.Contains(version))
                {
                    return version;
                }
            }
        }

        return null;
    }
}
