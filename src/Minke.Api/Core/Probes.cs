namespace Minke.Api.Core;

/// <summary>A check that is made again and again.</summary>
public sealed partial class Probe : ApiType
{
    /// <summary>How the check is made.</summary>
    [Inline(1)] public partial ProbeHandler Handler { get; set; }

    /// <summary>How long after the container's start to begin, in seconds.</summary>
    [Field(2)] public partial int InitialDelaySeconds { get; set; }

    /// <summary>How long one check may take, in seconds.</summary>
    [Field(3)] public partial int TimeoutSeconds { get; set; }

    /// <summary>The time between checks, in seconds.</summary>
    [Field(4)] public partial int PeriodSeconds { get; set; }

    /// <summary>How many good checks in a row make it pass after it failed.</summary>
    [Field(5)] public partial int SuccessThreshold { get; set; }

    /// <summary>How many bad checks in a row make it fail.</summary>
    [Field(6)] public partial int FailureThreshold { get; set; }

    /// <summary>How long the container may take to end when the check fails, in seconds.</summary>
    [Field(7)] public partial long? TerminationGracePeriodSeconds { get; set; }
}

/// <summary>How a check is made; one of its fields is set.</summary>
public sealed partial class ProbeHandler : ApiType
{
    /// <summary>Run a command in the container; exit code 0 is good.</summary>
    [Field(1)] public partial ExecAction? Exec { get; set; }

    /// <summary>Make an HTTP request; a status from 200 to 399 is good.</summary>
    [Field(2)] public partial HTTPGetAction? HttpGet { get; set; }

    /// <summary>Open a connection.</summary>
    [Field(3)] public partial TCPSocketAction? TcpSocket { get; set; }

    /// <summary>Ask the gRPC health service.</summary>
    [Field(4)] public partial GRPCAction? Grpc { get; set; }
}

/// <summary>A command to run in a container.</summary>
public sealed partial class ExecAction : ApiType
{
    /// <summary>The program and its arguments; no shell is involved.</summary>
    [Field(1)] public partial ApiList<string> Command { get; set; }
}

/// <summary>An HTTP request.</summary>
public sealed partial class HTTPGetAction : ApiType
{
    /// <summary>The path to get.</summary>
    [Field(1)] public partial string Path { get; set; }

    /// <summary>The port, by number or name.</summary>
    [Field(2), Required]
    public partial IntOrString Port { get; set; }

    /// <summary>The host; the pod's address when left out.</summary>
    [Field(3)] public partial string Host { get; set; }

    /// <summary>HTTP or HTTPS.</summary>
    [Field(4)] public partial string Scheme { get; set; }

    /// <summary>Headers to send.</summary>
    [Field(5)] public partial ApiList<HTTPHeader> HttpHeaders { get; set; }
}

/// <summary>A header of a request.</summary>
public sealed partial class HTTPHeader : ApiType
{
    /// <summary>The header's name.</summary>
    [Field(1), Required]
    public partial string Name { get; set; }

    /// <summary>Its value.</summary>
    [Field(2), Required]
    public partial string Value { get; set; }
}

/// <summary>A connection to open.</summary>
public sealed partial class TCPSocketAction : ApiType
{
    /// <summary>The port, by number or name.</summary>
    [Field(1), Required]
    public partial IntOrString Port { get; set; }

    /// <summary>The host; the pod's address when left out.</summary>
    [Field(2)] public partial string Host { get; set; }
}

/// <summary>A call of the gRPC health service.</summary>
public sealed partial class GRPCAction : ApiType
{
    /// <summary>The port.</summary>
    [Field(1), Required]
    public partial int Port { get; set; }

    /// <summary>The name of the service that is asked about.</summary>
    [Field(2), Required]
    public partial string? Service { get; set; }
}

/// <summary>What to do at turning points of a container's life.</summary>
public sealed partial class Lifecycle : ApiType
{
    /// <summary>What to do right after the start.</summary>
    [Field(1)] public partial LifecycleHandler? PostStart { get; set; }

    /// <summary>What to do before the container is ended.</summary>
    [Field(2)] public partial LifecycleHandler? PreStop { get; set; }

    /// <summary>The signal that ends the container; TERM, or the image's own, when left out.</summary>
    [Field(3)] public partial string? StopSignal { get; set; }
}

/// <summary>What to do; one of its fields is set.</summary>
public sealed partial class LifecycleHandler : ApiType
{
    /// <summary>Run a command in the container.</summary>
    [Field(1)] public partial ExecAction? Exec { get; set; }

    /// <summary>Make an HTTP request.</summary>
    [Field(2)] public partial HTTPGetAction? HttpGet { get; set; }

    /// <summary>Open a connection; no longer supported.</summary>
    [Field(3)] public partial TCPSocketAction? TcpSocket { get; set; }

    /// <summary>Wait for some time.</summary>
    [Field(4)] public partial SleepAction? Sleep { get; set; }
}

/// <summary>A pause.</summary>
public sealed partial class SleepAction : ApiType
{
    /// <summary>How long to wait, in seconds.</summary>
    [Field(1), Required]
    public partial long Seconds { get; set; }
}
