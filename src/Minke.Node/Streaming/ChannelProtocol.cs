namespace Minke.Node.Streaming;

/// <summary>
/// A WebSocket subprotocol in which each message begins with the number of the channel it belongs to, as the Kubernetes API defines them for exec,
/// attach and port-forward (k8s.io/apimachinery, util/httpstream/wsstream and util/remotecommand).
/// </summary>
/// <param name="Name">The subprotocol's name; empty when the client names none.</param>
/// <param name="IsBase64">Messages are text: the channel's digit, then base64.</param>
/// <param name="StatusIsJson">The error channel carries a <c>Status</c> object, else plain text and only for failures.</param>
/// <param name="HasCloseSignal">A message on <see cref="CloseChannel"/> ends the channel that it names (version 5).</param>
internal sealed record ChannelProtocol(string Name, bool IsBase64, bool StatusIsJson, bool HasCloseSignal)
{
    public const byte StdinChannel = 0;
    public const byte StdoutChannel = 1;
    public const byte StderrChannel = 2;
    public const byte ErrorChannel = 3;
    public const byte ResizeChannel = 4;
    public const byte CloseChannel = 255;

    private static readonly ChannelProtocol Unnamed = new("", IsBase64: false, StatusIsJson: false, HasCloseSignal: false);
    private static readonly ChannelProtocol V4 = new("v4.channel.k8s.io", IsBase64: false, StatusIsJson: true, HasCloseSignal: false);
    private static readonly ChannelProtocol V4Base64 = new("v4.base64.channel.k8s.io", IsBase64: true, StatusIsJson: true, HasCloseSignal: false);

    /// <summary>What exec and attach understand.</summary>
    public static IReadOnlyList<ChannelProtocol> RemoteCommand { get; } =
    [
        Unnamed,
        V4,
        V4Base64,
        new("v5.channel.k8s.io", IsBase64: false, StatusIsJson: true, HasCloseSignal: true),
        new("channel.k8s.io", IsBase64: false, StatusIsJson: false, HasCloseSignal: false),
        new("base64.channel.k8s.io", IsBase64: true, StatusIsJson: false, HasCloseSignal: false),
    ];

    /// <summary>What port-forward understands besides SPDY in messages.</summary>
    public static IReadOnlyList<ChannelProtocol> PortForward { get; } = [Unnamed, V4, V4Base64];

    /// <summary>The first of the client's subprotocols that is supported; null when it names some and none is.</summary>
    public static ChannelProtocol? Choose(IReadOnlyList<ChannelProtocol> supported, IList<string> offered) => offered.Count == 0
        ? Unnamed
        : offered.Select(name => supported.FirstOrDefault(p => p.Name.Length > 0 && p.Name == name)).FirstOrDefault(p => p is not null);
}
