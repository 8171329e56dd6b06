using System.Globalization;
using Minke.Api;

namespace Minke.ApiServer.Http;

/// <summary>How an answer is encoded.</summary>
public enum WireFormat
{
    Json,
    Protobuf,
}

/// <summary>Which form of the objects an answer carries.</summary>
public enum ResponseShape
{
    /// <summary>The objects themselves.</summary>
    Full,
    /// <summary>A <c>meta.k8s.io</c> Table, as kubectl prints it; in JSON only.</summary>
    Table,
    /// <summary>Metadata only (<c>PartialObjectMetadata</c> and its list); in JSON only.</summary>
    PartialMetadata,
}

/// <summary>What the server answers with, chosen from a request's <c>Accept</c> header.</summary>
/// <param name="MetaVersion">The version of <c>meta.k8s.io</c> that was asked for, with <see cref="ResponseShape.Table"/> and <see cref="ResponseShape.PartialMetadata"/>.</param>
public readonly record struct ResponseType(WireFormat Format, ResponseShape Shape, string MetaVersion = "v1")
{
    public const string Json = "application/json";
    public const string Protobuf = "application/vnd.kubernetes.protobuf";
    private const int MaxClauses = 64;

    public string ContentType => Format == WireFormat.Json ? Json : Protobuf;

    public string WatchContentType => Format == WireFormat.Json ? Json : Protobuf + ";stream=watch";

    /// <summary>
    /// Chooses the form that the client likes best among those that the server has; null when there is none (406). Objects are kept as JSON,
    /// so of two encodings that the client likes equally well JSON is chosen.
    /// </summary>
    public static ResponseType? Choose(string accept)
    {
        if (string.IsNullOrWhiteSpace(accept))
        {
            return new ResponseType(WireFormat.Json, ResponseShape.Full);
        }

        ResponseType? best = null;
        var bestQuality = 0.0;
        foreach (var clause in accept.Split(',', MaxClauses, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (Read(clause, out var quality) is not { } candidate || quality <= 0)
            {
                continue;
            }

            var sameFormInJson = quality == bestQuality && best is { Format: WireFormat.Protobuf } chosen
                && candidate.Format == WireFormat.Json && candidate.Shape == chosen.Shape;
            if (quality > bestQuality || sameFormInJson)
            {
                best = candidate;
                bestQuality = quality;
            }
        }

        return best;
    }

    /// <exception cref="ApiException">There is none (406).</exception>
    public static ResponseType ChooseOrThrow(string accept) => Choose(accept) ?? throw ApiErrors.NotAcceptable([Json, Protobuf]);

    private static ResponseType? Read(string clause, out double quality)
    {
        quality = 1;
        var parts = clause.Split(';', StringSplitOptions.TrimEntries);
        string shape = "", group = "", version = "";
        foreach (var parameter in parts.Skip(1))
        {
            var equals = parameter.IndexOf('=');
            var value = equals < 0 ? "" : parameter[(equals + 1)..];
            switch (equals < 0 ? parameter : parameter[..equals])
            {
                case "as":
                    shape = value;
                    break;
                case "g":
                    group = value;
                    break;
                case "v":
                    version = value;
                    break;
                case "q":
                    _ = double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out quality);
                    break;
            }
        }

        WireFormat? format = parts[0] switch
        {
            Json or "application/*" or "*/*" => WireFormat.Json,
            Protobuf => WireFormat.Protobuf,
            _ => null,
        };
        return format is { } known && ShapeOf(shape, group, version, known) is { } form
            ? new ResponseType(known, form, version.Length == 0 ? "v1" : version)
            : null;
    }

    private static ResponseShape? ShapeOf(string shape, string group, string version, WireFormat format)
    {
        if (shape.Length == 0)
        {
            return ResponseShape.Full;
        }

        if (group != "meta.k8s.io" || version is not ("v1" or "v1beta1"))
        {
            return null;
        }

        return shape switch
        {
            "Table" when format == WireFormat.Json => ResponseShape.Table,
            "PartialObjectMetadata" or "PartialObjectMetadataList" when format == WireFormat.Json => ResponseShape.PartialMetadata,
            _ => null,
        };
    }
}
