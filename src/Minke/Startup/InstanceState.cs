using System.Globalization;
using System.Text.Json;
using Minke.Host;

namespace Minke.Startup;

/// <summary>What other commands need to know about the instance that was last started in a data directory; kept in a file there.</summary>
internal sealed record InstanceState
{
    private const string FileName = "instance.json";

    public required string ApiAddress { get; init; }

    public required int ApiPort { get; init; }

    public required int NodePort { get; init; }

    public required string PodCidr { get; init; }

    public required string NodeName { get; init; }

    /// <summary>The socket of the container runtime in use, whoever runs it.</summary>
    public required string RuntimeSocket { get; init; }

    public required bool OwnsRuntime { get; init; }

    public string ApiUrl
    {
        get
        {
            var host = ApiAddress.Contains(':') ? $"[{ApiAddress}]" : ApiAddress;
            return string.Create(CultureInfo.InvariantCulture, $"https://{host}:{ApiPort}");
        }
    }

    public void WriteTo(string dataDirectory)
    {
        var file = Path.Combine(dataDirectory, FileName);
        using (var stream = File.Create(file + ".next"))
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("apiAddress", ApiAddress);
            json.WriteNumber("apiPort", ApiPort);
            json.WriteNumber("nodePort", NodePort);
            json.WriteString("podCidr", PodCidr);
            json.WriteString("nodeName", NodeName);
            json.WriteString("runtimeSocket", RuntimeSocket);
            json.WriteBoolean("ownsRuntime", OwnsRuntime);
            json.WriteEndObject();
        }

        File.Move(file + ".next", file, overwrite: true);
    }

    /// <summary>Null: Minke was never started there, or the file is damaged.</summary>
    public static InstanceState? ReadFrom(string dataDirectory)
    {
        var text = string.Join('\n', ProcFile.TryReadLines(Path.Combine(dataDirectory, FileName)));
        if (text.Length == 0)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            return new InstanceState
            {
                ApiAddress = root.GetProperty("apiAddress").GetString() ?? "",
                ApiPort = root.GetProperty("apiPort").GetInt32(),
                NodePort = root.GetProperty("nodePort").GetInt32(),
                PodCidr = root.GetProperty("podCidr").GetString() ?? "",
                NodeName = root.GetProperty("nodeName").GetString() ?? "",
                RuntimeSocket = root.GetProperty("runtimeSocket").GetString() ?? "",
                OwnsRuntime = root.GetProperty("ownsRuntime").GetBoolean(),
            };
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
