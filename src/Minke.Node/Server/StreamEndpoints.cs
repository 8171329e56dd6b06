using Microsoft.AspNetCore.Http;
using Minke.Node.Runtime;
using Minke.Node.Streaming;

namespace Minke.Node.Server;

/// <summary>Serves <c>/exec</c>, <c>/attach</c> and <c>/portForward</c> with the kubelet's paths and query parameters.</summary>
internal sealed class StreamEndpoints(ContainerFinder finder, IContainerRuntime runtime, StreamSession session)
{
    public async Task ExecAsync(HttpContext context, string podNamespace, string podName, string container)
    {
        RequireUpgrade(context);
        var options = NodeQuery.RemoteCommand(context.Request.Query);
        var request = new Cri.ExecRequest { Tty = options.Tty, Stdin = options.Stdin, Stdout = options.Stdout, Stderr = options.Stderr };
        request.Cmd.AddRange(context.Request.Query["command"].Select(part => part ?? ""));
        if (request.Cmd.Count == 0)
        {
            throw NodeRequestException.BadRequest("you must specify a command");
        }

        request.ContainerId = finder.FindRunning(podNamespace, podName, container);
        var url = await runtime.ExecAsync(request, context.RequestAborted);
        await session.RunRemoteCommandAsync(context, url, options);
    }

    public async Task AttachAsync(HttpContext context, string podNamespace, string podName, string container)
    {
        RequireUpgrade(context);
        var options = NodeQuery.RemoteCommand(context.Request.Query);
        var request = new Cri.AttachRequest { Tty = options.Tty, Stdin = options.Stdin, Stdout = options.Stdout, Stderr = options.Stderr };
        request.ContainerId = finder.FindRunning(podNamespace, podName, container);
        var url = await runtime.AttachAsync(request, context.RequestAborted);
        await session.RunRemoteCommandAsync(context, url, options);
    }

    public async Task PortForwardAsync(HttpContext context, string podNamespace, string podName)
    {
        RequireUpgrade(context);
        var ports = NodeQuery.Ports(context.Request.Query);
        var request = new Cri.PortForwardRequest { PodSandboxId = finder.FindSandbox(podNamespace, podName) };
        request.Port.AddRange(ports.Select(port => (int)port));
        var url = await runtime.PortForwardAsync(request, context.RequestAborted);
        await session.RunPortForwardAsync(context, url, ports);
    }

    private static void RequireUpgrade(HttpContext context)
    {
        if (!StreamSession.IsUpgrade(context.Request))
        {
            throw NodeRequestException.BadRequest("Upgrade request required");
        }
    }
}
