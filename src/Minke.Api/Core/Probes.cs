namespace Minke.Api.Core;

public sealed partial class Probe : ApiType
{
    [Inline(1)] public partial ProbeHandler Handler { get; set; }

    [Field(2)] public partial int InitialDelaySeconds { get; set; }

    [Field(3)] public partial int TimeoutSeconds { get; set; }

    [Field(4)] public partial int PeriodSeconds { get; set; }

    [Field(5)] public partial int SuccessThreshold { get; set; }

    [Field(6)] public partial int FailureThreshold { get; set; }

    [Field(7)] public partial long? TerminationGracePeriodSeconds { get; set; }
}

public sealed partial class ProbeHandler : ApiType
{
    [Field(1)] public partial ExecAction? Exec { get; set; }

    [Field(2)] public partial HTTPGetAction? HttpGet { get; set; }

    [Field(3)] public partial TCPSocketAction? TcpSocket { get; set; }

    [Field(4)] public partial GRPCAction? Grpc { get; set; }
}

public sealed partial class ExecAction : ApiType
{
    [Field(1)] public partial ApiList<string> Command { get; set; }
}

public sealed partial class HTTPGetAction : ApiType
{
    [Field(1)] public partial string Path { get; set; }

    [Field(2), Required]
    public partial IntOrString Port { get; set; }

    [Field(3)] public partial string Host { get; set; }

    [Field(4)] public partial string Scheme { get; set; }

    [Field(5)] public partial ApiList<HTTPHeader> HttpHeaders { get; set; }
}

public sealed partial class HTTPHeader : ApiType
{
    [Field(1), Required]
    public partial string Name { get; set; }

    [Field(2), Required]
    public partial string Value { get; set; }
}

public sealed partial class TCPSocketAction : ApiType
{
    [Field(1), Required]
    public partial IntOrString Port { get; set; }

    [Field(2)] public partial string Host { get; set; }
}

public sealed partial class GRPCAction : ApiType
{
    [Field(1), Required]
    public partial int Port { get; set; }

    [Field(2), Required]
    public partial string? Service { get; set; }
}

public sealed partial class Lifecycle : ApiType
{
    [Field(1)] public partial LifecycleHandler? PostStart { get; set; }

    [Field(2)] public partial LifecycleHandler? PreStop { get; set; }

    [Field(3)] public partial string? StopSignal { get; set; }
}

public sealed partial class LifecycleHandler : ApiType
{
    [Field(1)] public partial ExecAction? Exec { get; set; }

    [Field(2)] public partial HTTPGetAction? HttpGet { get; set; }

    [Field(3)] public partial TCPSocketAction? TcpSocket { get; set; }

    [Field(4)] public partial SleepAction? Sleep { get; set; }
}

public sealed partial class SleepAction : ApiType
{
    [Field(1), Required]
    public partial long Seconds { get; set; }
}
