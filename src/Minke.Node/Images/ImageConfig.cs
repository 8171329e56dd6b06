namespace Minke.Node.Images;

/// <summary>How an image's containers run unless the pod says otherwise (OCI image specification, config.md).</summary>
public sealed record ImageConfig
{
    public IReadOnlyList<string> Entrypoint { get; init; } = [];

    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>Entries are NAME=VALUE.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [DefaultPath];

    public string WorkingDirectory { get; init; } = "/";

    private const string DefaultPath = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
}
