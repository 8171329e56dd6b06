using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using Minke.Logging;
using Minke.Startup;

namespace Minke.Commands;

/// <summary><c>minke up</c>: starts Minke and returns when the node is ready.</summary>
internal static class UpCommand
{
    private static readonly Option<string> s_dataDirectory = CommonOptions.DataDirectory();

    private static readonly Option<bool> s_foreground = new("--foreground")
    {
        Description = "Stay in the foreground and log to standard error, as service managers want it",
    };

    private static readonly Option<int> s_port = Port("--port", 6443, "Where the API is served");

    private static readonly Option<int> s_nodePort = Port("--node-port", 10250, "Where the node agent serves logs, exec and port-forward");

    private static readonly Option<IPNetwork> s_podCidr = new("--pod-cidr")
    {
        Description = "The pods' IPv4 addresses",
        HelpName = "CIDR",
        DefaultValueFactory = _ => IPNetwork.Parse("10.244.0.0/24"),
        CustomParser = ParseCidr,
    };

    private static readonly Option<string> s_nodeName = new("--node-name")
    {
        Description = "The node's name (default: the machine's)",
        HelpName = "NAME",
        DefaultValueFactory = _ => Environment.MachineName.ToLowerInvariant(),
    };

    private static readonly Option<IPAddress> s_bind = new("--bind")
    {
        Description = "The address to serve the API on; 0.0.0.0 stands for all",
        HelpName = "ADDRESS",
        DefaultValueFactory = _ => IPAddress.Loopback,
        CustomParser = ParseAddress,
    };

    private static readonly Option<string?> s_runtimeEndpoint = new("--runtime-endpoint")
    {
        Description = "Use the container runtime (CRI v1) on this socket instead of an own containerd",
        HelpName = "SOCKET",
    };

    private static readonly Option<LogFormat> s_logFormat = new("--log-format") { Description = "How log lines look", HelpName = "human|json" };

    // For the background process: tells its progress on standard output and logs to the log file.
    private static readonly Option<bool> s_reportProgress = new("--report-progress") { Hidden = true };

    public static Command Create()
    {
        var command = new Command("up", "Start Minke and wait until the node is ready")
        {
            s_dataDirectory, s_foreground, s_port, s_nodePort, s_podCidr, s_nodeName, s_bind, s_runtimeEndpoint, s_logFormat, s_reportProgress,
        };
        s_nodeName.Validators.Add(result => NodeName.Check(result.GetValueOrDefault<string>(), result.AddError));
        command.SetAction((result, cancellationToken) => CommandRunner.RunAsync(() => (result.GetValue(s_foreground), result.GetValue(s_reportProgress)) switch
        {
            (false, _) => RunInBackgroundAsync(Read(result), cancellationToken),
            (true, false) => new ForegroundRun(Read(result), TimeProvider.System).RunAsync(cancellationToken),
            (true, true) => new ForegroundRun(Read(result), TimeProvider.System).RunReportingAsync(cancellationToken),
        }));
        return command;
    }

    private static async Task<int> RunInBackgroundAsync(UpOptions options, CancellationToken cancellationToken)
    {
        Preflight.RequireRoot("up");
        var time = TimeProvider.System;
        if (InstanceLock.FindHolder(options.Instance) is { } running)
        {
            return await UpSummary.TellAlreadyRunningAsync(options.Instance, running, time, cancellationToken);
        }

        Preflight.Check(options);
        var start = time.GetTimestamp();
        DataDirectory.Prepare(options.Instance);
        Console.Out.WriteLine($"Starting Minke in {options.Instance.DataDirectory}");
        await new StartView(time).ShowAsync(show => new BackgroundStart(options, time).RunAsync(show, cancellationToken));
        UpSummary.TellStarted(options, time.GetElapsedTime(start));
        return CommandRunner.Success;
    }

    private static UpOptions Read(ParseResult result) => new()
    {
        Instance = new Instance(result.GetRequiredValue(s_dataDirectory)),
        ApiPort = result.GetValue(s_port),
        NodePort = result.GetValue(s_nodePort),
        PodCidr = result.GetValue(s_podCidr),
        NodeName = result.GetRequiredValue(s_nodeName),
        BindAddress = result.GetRequiredValue(s_bind),
        RuntimeEndpoint = result.GetValue(s_runtimeEndpoint),
        LogFormat = result.GetValue(s_logFormat),
    };

    private static Option<int> Port(string name, int standard, string description)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "PORT", DefaultValueFactory = _ => standard };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > IPEndPoint.MaxPort)
            {
                result.AddError($"{name} must be between 1 and {IPEndPoint.MaxPort}");
            }
        });
        return option;
    }

    private static IPNetwork ParseCidr(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (IPNetwork.TryParse(text, out var network) && network.BaseAddress.GetAddressBytes().Length == 4 && network.PrefixLength is >= 8 and <= 28)
        {
            return network;
        }

        result.AddError($"'{text}' is not an IPv4 network of 16 to 16 million addresses such as 10.244.0.0/24");
        return default;
    }

    private static IPAddress ParseAddress(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (IPAddress.TryParse(text, out var address))
        {
            return address;
        }

        result.AddError($"'{text}' is not an IP address");
        return IPAddress.None;
    }
}
