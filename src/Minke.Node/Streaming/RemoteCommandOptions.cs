namespace Minke.Node.Streaming;

/// <summary>Which streams an exec or attach has. With a terminal, standard error is part of standard output.</summary>
public sealed record RemoteCommandOptions(bool Stdin, bool Stdout, bool Stderr, bool Tty);
