namespace Minke.Node.Containers;

/// <summary>A container cannot be made as its spec says; the message is for the pod's author.</summary>
public sealed class PodConfigException(string message) : Exception(message);
