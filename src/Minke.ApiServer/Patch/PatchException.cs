namespace Minke.ApiServer.Patch;

/// <summary>Why a patch was refused; it decides the HTTP status.</summary>
public enum PatchFault
{
    /// <summary>The patch cannot be read (400).</summary>
    Malformed,
    /// <summary>The patch is well formed, but does not fit the object (422).</summary>
    NotApplicable,
    /// <summary>The patch asks for more work than one request may cost (413).</summary>
    TooLarge,
}

/// <summary>A patch was refused. The server turns it into a <c>Status</c>; the object is unchanged.</summary>
public sealed class PatchException(PatchFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    public PatchFault Fault { get; } = fault;

    internal static PatchException Malformed(string message, Exception? inner = null) => new(PatchFault.Malformed, message, inner);

    internal static PatchException NotApplicable(string message) => new(PatchFault.NotApplicable, message);

    internal static PatchException TooLarge(string message) => new(PatchFault.TooLarge, message);
}
