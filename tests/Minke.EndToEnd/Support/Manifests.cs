namespace Minke.EndToEnd;

/// <summary>Short pods of the demo image.</summary>
internal static class Manifests
{
    /// <summary>A pod whose containers each run one shell line.</summary>
    /// <param name="spec">More fields of the pod's spec, as flow-style YAML lines indented by two.</param>
    public static string Pod(string ns, string name, string spec, params (string Name, string Script, string More)[] containers)
    {
        var list = containers.Select(c =>
            $$"""
              - name: {{c.Name}}
                image: minke.local/demo
                command: ["sh", "-c", {{Quote(c.Script)}}]
            {{Indent(c.More, 4)}}
            """);
        return $$"""
            apiVersion: v1
            kind: Pod
            metadata:
              name: {{name}}
              namespace: {{ns}}
              labels: {app: "{{name}}"}
            spec:
              terminationGracePeriodSeconds: 1
            {{Indent(spec, 2)}}
              containers:
            {{string.Join('\n', list)}}
            """;
    }

    public static string ReplicationController(string ns, string name, int replicas) =>
        $$$"""
        apiVersion: v1
        kind: ReplicationController
        metadata: {name: {{{name}}}, namespace: {{{ns}}}}
        spec:
          replicas: {{{replicas}}}
          selector: {app: {{{name}}} }
          template:
            metadata: {labels: {app: {{{name}}} }}
            spec:
              terminationGracePeriodSeconds: 1
              containers:
              - {name: main, image: minke.local/demo, command: [sleep, "100000"]}
        """;

    private static string Quote(string text) => System.Text.Json.JsonSerializer.Serialize(text, TextContext.Default.String);

    private static string Indent(string text, int spaces) =>
        string.Join('\n', text.Split('\n').Where(l => l.Length > 0).Select(l => new string(' ', spaces) + l));
}

[System.Text.Json.Serialization.JsonSerializable(typeof(string))]
internal sealed partial class TextContext : System.Text.Json.Serialization.JsonSerializerContext;
