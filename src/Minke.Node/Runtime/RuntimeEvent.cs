namespace Minke.Node.Runtime;

public enum RuntimeEventKind
{
    ContainerStarted,
    ContainerExited,
    /// <summary>The kernel killed a process of the container because its memory limit was reached.</summary>
    ContainerOutOfMemory,
    ContainerDeleted,
    /// <summary>Events may have been missed (the stream was opened, reopened or does not exist): look at everything again.</summary>
    Resync,
}

/// <summary>
/// A hint that something changed; the truth is what a list says afterwards, which may lag behind the event by some milliseconds.
/// </summary>
/// <param name="ContainerId">A container's or a sandbox's id (a sandbox's own process is reported like a container); empty for <see cref="RuntimeEventKind.Resync"/>.</param>
public readonly record struct RuntimeEvent(RuntimeEventKind Kind, string ContainerId)
{
    public static RuntimeEvent Resync { get; } = new(RuntimeEventKind.Resync, "");
}
