using Minke.Node.Runtime.Grpc;

namespace Minke.Node.Runtime;

/// <summary>Why the runtime did not do what was asked, as far as callers act on it.</summary>
public enum RuntimeErrorCode
{
    /// <summary>The runtime tried and failed; the message says why.</summary>
    Failed,
    NotFound,
    AlreadyExists,
    InvalidArgument,
    /// <summary>The runtime could not be reached or is shutting down; nothing is known about the call's effect.</summary>
    Unavailable,
    /// <summary>No answer in time; nothing is known about the call's effect.</summary>
    DeadlineExceeded,
    /// <summary>The runtime does not have this call.</summary>
    Unimplemented,
}

/// <summary>A failed call to the container runtime.</summary>
public sealed class RuntimeException(RuntimeErrorCode code, string operation, string message, Exception? inner = null) : Exception(message, inner)
{
    public RuntimeErrorCode Code { get; } = code;
    /// <summary>The CRI call's name, for example <c>RunPodSandbox</c>.</summary>
    public string Operation { get; } = operation;

    internal static RuntimeException From(string operation, GrpcException e) => new(CodeOf(e.Code), operation, e.Detail, e);

    private static RuntimeErrorCode CodeOf(GrpcStatusCode code) => code switch
    {
        GrpcStatusCode.NotFound => RuntimeErrorCode.NotFound,
        GrpcStatusCode.AlreadyExists => RuntimeErrorCode.AlreadyExists,
        GrpcStatusCode.InvalidArgument => RuntimeErrorCode.InvalidArgument,
        GrpcStatusCode.Unavailable => RuntimeErrorCode.Unavailable,
        GrpcStatusCode.DeadlineExceeded => RuntimeErrorCode.DeadlineExceeded,
        GrpcStatusCode.Unimplemented => RuntimeErrorCode.Unimplemented,
        _ => RuntimeErrorCode.Failed,
    };
}
