namespace Minke.Node.Runtime.Grpc;

/// <summary>The status codes of gRPC (https://grpc.github.io/grpc/core/md_doc_statuscodes.html).</summary>
public enum GrpcStatusCode
{
    Ok = 0,
    Cancelled = 1,
    Unknown = 2,
    InvalidArgument = 3,
    DeadlineExceeded = 4,
    NotFound = 5,
    AlreadyExists = 6,
    PermissionDenied = 7,
    ResourceExhausted = 8,
    FailedPrecondition = 9,
    Aborted = 10,
    OutOfRange = 11,
    Unimplemented = 12,
    Internal = 13,
    Unavailable = 14,
    DataLoss = 15,
    Unauthenticated = 16,
}

/// <summary>A call that the peer answered with a status other than OK, or that did not reach it (<see cref="GrpcStatusCode.Unavailable"/>).</summary>
public sealed class GrpcException(GrpcStatusCode code, string method, string detail, Exception? inner = null)
    : Exception($"{method}: {code}: {detail}", inner)
{
    public GrpcStatusCode Code { get; } = code;
    public string Method { get; } = method;
    public string Detail { get; } = detail;
}
