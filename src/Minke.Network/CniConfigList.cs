using System.Text.Json;

namespace Minke.Network;

/// <summary>
/// The pod network as a CNI configuration list (CNI specification 0.4.0, the newest that Debian 12's plugins and containerd 1.6 both speak):
/// bridge with addresses from host-local, then portmap for host ports.
/// </summary>
internal static class CniConfigList
{
    public static byte[] Render(PodNetworkOptions options)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("cniVersion", "0.4.0");
            json.WriteString("name", options.Name);
            json.WriteStartArray("plugins");
            WriteBridge(json, options);
            WritePortMap(json);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void WriteBridge(Utf8JsonWriter json, PodNetworkOptions options)
    {
        json.WriteStartObject();
        json.WriteString("type", "bridge");
        json.WriteString("bridge", options.Bridge);
        json.WriteBoolean("isGateway", true);
        json.WriteBoolean("ipMasq", false);
        json.WriteBoolean("hairpinMode", true);
        json.WriteStartObject("ipam");
        json.WriteString("type", "host-local");
        json.WriteString("dataDir", options.AddressDirectory);
        json.WriteStartArray("ranges");
        json.WriteStartArray();
        json.WriteStartObject();
        json.WriteString("subnet", options.Subnet.ToString());
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndArray();
        json.WriteStartArray("routes");
        json.WriteStartObject();
        json.WriteString("dst", "0.0.0.0/0");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WritePortMap(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type", "portmap");
        json.WriteStartObject("capabilities");
        json.WriteBoolean("portMappings", true);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
