using Minke.Api.Selectors;

namespace Minke.Api.Core;

/// <summary>Checks probes and lifecycle hooks.</summary>
internal static class ProbeValidation
{
    public static void CheckLiveness(Probe? probe, FieldPath path, FieldErrors errors)
    {
        if (probe is null)
        {
            return;
        }

        CheckProbe(probe, path, errors);
        if (probe.SuccessThreshold != 1)
        {
            errors.Invalid(path.Child("successThreshold"), probe.SuccessThreshold, "must be 1");
        }

        if (probe.TerminationGracePeriodSeconds is { } period)
        {
            errors.CheckPositive(path.Child("terminationGracePeriodSeconds"), period);
        }
    }

    public static void CheckReadiness(Probe? probe, FieldPath path, FieldErrors errors)
    {
        if (probe is null)
        {
            return;
        }

        CheckProbe(probe, path, errors);
        if (probe.TerminationGracePeriodSeconds is { } period)
        {
            errors.Invalid(path.Child("terminationGracePeriodSeconds"), period, "must not be set for readinessProbes");
        }
    }

    public static void CheckLifecycle(Lifecycle? lifecycle, long? gracePeriodSeconds, FieldPath path, FieldErrors errors)
    {
        CheckHook(lifecycle?.PostStart, gracePeriodSeconds, path.Child("postStart"), errors);
        CheckHook(lifecycle?.PreStop, gracePeriodSeconds, path.Child("preStop"), errors);
        if (lifecycle?.StopSignal is not null)
        {
            errors.Forbidden(path.Child("stopSignal"), "may not be set");
        }
    }

    private static void CheckProbe(Probe probe, FieldPath path, FieldErrors errors)
    {
        var handler = probe.Handler;
        CheckOneHandler(path, errors, ("exec", handler.Exec), ("httpGet", handler.HttpGet), ("tcpSocket", handler.TcpSocket), ("grpc", handler.Grpc));
        CheckActions(handler.Exec, handler.HttpGet, handler.TcpSocket, path, errors);
        if (handler.Grpc is { } grpc)
        {
            errors.CheckPort(path.Child("grpc").Child("port"), grpc.Port);
        }

        errors.CheckNonNegative(path.Child("initialDelaySeconds"), probe.InitialDelaySeconds);
        errors.CheckNonNegative(path.Child("timeoutSeconds"), probe.TimeoutSeconds);
        errors.CheckNonNegative(path.Child("periodSeconds"), probe.PeriodSeconds);
        errors.CheckNonNegative(path.Child("successThreshold"), probe.SuccessThreshold);
        errors.CheckNonNegative(path.Child("failureThreshold"), probe.FailureThreshold);
    }

    private static void CheckHook(LifecycleHandler? handler, long? gracePeriodSeconds, FieldPath path, FieldErrors errors)
    {
        if (handler is null)
        {
            return;
        }

        CheckOneHandler(path, errors, ("exec", handler.Exec), ("httpGet", handler.HttpGet), ("tcpSocket", handler.TcpSocket), ("sleep", handler.Sleep));
        CheckActions(handler.Exec, handler.HttpGet, handler.TcpSocket, path, errors);
        if (handler.Sleep is { } sleep && gracePeriodSeconds is { } period && (sleep.Seconds < 0 || sleep.Seconds > period))
        {
            errors.Invalid(
                path.Child("sleep"),
                sleep.Seconds,
                $"invalid value; must be non-negative and less than terminationGracePeriodSeconds ({period})");
        }
    }

    private static void CheckOneHandler(FieldPath path, FieldErrors errors, params ReadOnlySpan<(string Name, ApiType? Value)> handlers)
    {
        var count = 0;
        foreach (var (name, value) in handlers)
        {
            if (value is not null && ++count > 1)
            {
                errors.Forbidden(path.Child(name), "may not specify more than 1 handler type");
            }
        }

        if (count == 0)
        {
            errors.Required(path, "must specify a handler type");
        }
    }

    private static void CheckActions(ExecAction? exec, HTTPGetAction? httpGet, TCPSocketAction? tcpSocket, FieldPath path, FieldErrors errors)
    {
        if (exec is { Command.Count: 0 })
        {
            errors.Required(path.Child("exec").Child("command"));
        }

        if (httpGet is not null)
        {
            CheckHttpGet(httpGet, path.Child("httpGet"), errors);
        }

        if (tcpSocket is not null)
        {
            errors.CheckPort(path.Child("tcpSocket").Child("port"), tcpSocket.Port);
        }
    }

    private static void CheckHttpGet(HTTPGetAction action, FieldPath path, FieldErrors errors)
    {
        errors.CheckRequired(path.Child("path"), action.Path);
        errors.CheckPort(path.Child("port"), action.Port);
        errors.CheckOneOf(path.Child("scheme"), action.Scheme, "HTTP", "HTTPS");
        foreach (var header in action.HttpHeaders)
        {
            errors.AddAll(path.Child("httpHeaders"), header.Name, NameSyntax.HttpHeaderName(header.Name));
        }
    }
}
