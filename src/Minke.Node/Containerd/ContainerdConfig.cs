using System.Text;

namespace Minke.Node.Containerd;

/// <summary>What the machine's abilities decide about containerd.</summary>
/// <param name="Snapshotter"><c>overlayfs</c>, or <c>native</c> (slower, copies) where the filesystem cannot hold overlay layers.</param>
/// <param name="RestrictOomScore">Whether containerd must not try to lower an oom_score_adj, because it would fail.</param>
internal sealed record ContainerdAbilities(string Snapshotter, bool RestrictOomScore);

/// <summary>
/// Minke's containerd configuration, format version 2 as containerd 1.6 and 1.7 read it (containerd-config.toml(5), the CRI plugin's docs/cri/config.md).
/// Cgroups are made in the filesystem, not by asking systemd, because the node agent makes the pods' cgroups there too. Every path is set, so that nothing
/// is shared with another containerd of the machine.
/// </summary>
internal static class ContainerdConfig
{
    // Snapshotters and services that nothing here uses; each would open files or probe for devices at every start.
    private static readonly string[] UnusedPlugins =
    [
        "io.containerd.snapshotter.v1.aufs",
        "io.containerd.snapshotter.v1.btrfs",
        "io.containerd.snapshotter.v1.devmapper",
        "io.containerd.snapshotter.v1.zfs",
        "io.containerd.internal.v1.opt",
        "io.containerd.internal.v1.restart",
        "io.containerd.internal.v1.tracing",
        "io.containerd.tracing.processor.v1.otlp",
    ];

    /// <summary>A log line longer than this is split, as the kubelet's log readers expect.</summary>
    private const int LogLineBytesMax = 16 * 1024;

    public static string Render(ContainerdOptions options, ContainerdAbilities abilities) =>
        $"""
        # Written by Minke at every start; changes here are lost.
        version = 2
        root = {Quote(options.RootDirectory)}
        state = {Quote(options.StateDirectory)}
        disabled_plugins = [{string.Join(", ", UnusedPlugins.Select(Quote))}]

        [grpc]
          address = {Quote(options.SocketPath)}

        [debug]
          level = "warn"

        [plugins."io.containerd.grpc.v1.cri"]
          sandbox_image = {Quote(options.SandboxImage)}
          stream_server_address = "127.0.0.1"
          stream_server_port = "0"
          max_container_log_line_size = {LogLineBytesMax}
          restrict_oom_score_adj = {Literal(abilities.RestrictOomScore)}
          netns_mounts_under_state_dir = true
          enable_unprivileged_ports = true
          enable_unprivileged_icmp = true

          [plugins."io.containerd.grpc.v1.cri".cni]
            bin_dir = {Quote(options.CniPluginDirectory)}
            conf_dir = {Quote(options.CniConfigDirectory)}
            max_conf_num = 1

          [plugins."io.containerd.grpc.v1.cri".containerd]
            snapshotter = {Quote(abilities.Snapshotter)}
            default_runtime_name = "runc"

            [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
              runtime_type = "io.containerd.runc.v2"

              [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
                BinaryName = "runc"
                Root = {Quote(Path.Combine(options.RunDirectory, "runc"))}
                SystemdCgroup = false

          [plugins."io.containerd.grpc.v1.cri".registry]
            config_path = "/etc/containerd/certs.d"

        """;

    private static string Literal(bool value) => value ? "true" : "false";

    // A TOML basic string; its escapes are those of JSON.
    private static string Quote(string value)
    {
        var text = new StringBuilder("\"");
        foreach (var c in value)
        {
            if (c is '"' or '\\')
            {
                text.Append('\\').Append(c);
            }
            else if (char.IsControl(c))
            {
                text.Append("\\u").Append(((int)c).ToString("x4", null));
            }
            else
            {
                text.Append(c);
            }
        }

        return text.Append('"').ToString();
    }
}
