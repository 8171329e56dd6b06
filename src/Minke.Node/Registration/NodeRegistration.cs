using Microsoft.Extensions.Logging;
using Minke.Api;
using Minke.Api.Coordination;
using Minke.Api.Core;
using Minke.Client;
using Minke.Node.Runtime;

namespace Minke.Node.Registration;

/// <summary>
/// Keeps this node's <c>Node</c> object true and its lease fresh (https://kubernetes.io/docs/concepts/architecture/nodes/#node-heartbeats). An object
/// that was removed is made again.
/// </summary>
internal sealed partial class NodeRegistration(
    NodeAgentOptions options, NodeDescription description, IContainerRuntime runtime, IObjectClient client, TimeProvider time, ILogger logger)
{
    private const string LeaseNamespace = "kube-node-lease";
    private const int LeaseSeconds = 40;

    private static readonly TimeSpan s_leaseInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_checkInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_notReadyCheckInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_reportInterval = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_conflictRetry = TimeSpan.FromMilliseconds(20);

    private string _conditions = "";
    private DateTimeOffset _reportedAt;

    /// <summary>Looks at the runtime and reports when something changed, and every five minutes, until cancelled.</summary>
    public async Task RunStatusAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var pause = s_retry;
            try
            {
                var health = await CheckAsync(cancellationToken);
                var due = time.GetUtcNow() - _reportedAt >= s_reportInterval;
                if (due || health.ToString() != _conditions || !await IsReportedAsync(health, cancellationToken))
                {
                    await ReportAsync(health, cancellationToken);
                }

                pause = health.IsReady ? s_checkInterval : s_notReadyCheckInterval;
            }
            catch (ApiException e) when (e.IsConflict)
            {
                // A controller wrote between the read and the write, as one does when a node is new. Nothing counts as reported.
                _conditions = "";
                pause = s_conflictRetry;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                _conditions = "";
                LogReportFailed(logger, e, options.NodeName);
            }

            await Task.Delay(pause, time, cancellationToken);
        }
    }

    /// <summary>Renews the lease every ten seconds until cancelled.</summary>
    public async Task RunLeaseAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var pause = s_leaseInterval;
            try
            {
                await RenewAsync(cancellationToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogLeaseFailed(logger, e, options.NodeName);
                pause = s_retry;
            }

            await Task.Delay(pause, time, cancellationToken);
        }
    }

    private async Task<RuntimeHealth> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            var version = await runtime.VersionAsync(cancellationToken);
            return RuntimeHealth.Of(version, await runtime.StatusAsync(cancellationToken));
        }
        catch (RuntimeException e)
        {
            return RuntimeHealth.Unreachable(e.Message);
        }
    }

    /// <summary>Whether the API has the node as it is: it may have been removed, or be taken for lost after a time in which nobody heard of it.</summary>
    private async Task<bool> IsReportedAsync(RuntimeHealth health, CancellationToken cancellationToken) =>
        await FindAsync<Minke.Api.Core.Node>("", options.NodeName, cancellationToken) is { } node && description.IsReady(node) == health.IsReady;

    private async Task ReportAsync(RuntimeHealth health, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var node = await FindAsync<Minke.Api.Core.Node>("", options.NodeName, cancellationToken);
        if (node is null)
        {
            node = await client.CreateAsync(description.NewNode(), cancellationToken);
            LogRegistered(logger, options.NodeName);
        }
        else if (description.WithMetadata(node) is { } changed)
        {
            node = await client.UpdateAsync(changed, cancellationToken);
        }

        var wasReady = description.IsReady(node);
        await client.UpdateStatusAsync(description.WithStatus(node, health, now), cancellationToken);
        if (wasReady != health.IsReady)
        {
            LogReadiness(logger, options.NodeName, health.IsReady, health.Message);
        }

        _conditions = health.ToString();
        _reportedAt = now;
    }

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await FindAsync<Lease>(LeaseNamespace, options.NodeName, cancellationToken) is { } known)
        {
            var renewed = known.Clone();
            renewed.Spec.HolderIdentity = options.NodeName;
            renewed.Spec.LeaseDurationSeconds = LeaseSeconds;
            renewed.Spec.RenewTime = now;
            await client.UpdateAsync(renewed, cancellationToken);
            return;
        }

        var lease = new Lease();
        lease.Metadata.Namespace = LeaseNamespace;
        lease.Metadata.Name = options.NodeName;
        if (await FindAsync<Minke.Api.Core.Node>("", options.NodeName, cancellationToken) is { } node)
        {
            var owner = References.ToController(node);
            owner.Controller = null;
            owner.BlockOwnerDeletion = null;
            lease.Metadata.OwnerReferences.Add(owner);
        }

        lease.Spec.HolderIdentity = options.NodeName;
        lease.Spec.LeaseDurationSeconds = LeaseSeconds;
        lease.Spec.RenewTime = now;
        await client.CreateAsync(lease, cancellationToken);
    }

    private async Task<T?> FindAsync<T>(string @namespace, string name, CancellationToken cancellationToken)
        where T : ApiObject, new()
    {
        try
        {
            return await client.GetAsync<T>(new ObjectKey(@namespace, name), cancellationToken);
        }
        catch (ApiException e) when (e.IsNotFound)
        {
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Registered node {Node}")]
    private static partial void LogRegistered(ILogger logger, string node);

    [LoggerMessage(Level = LogLevel.Information, Message = "Node {Node} ready: {Ready} {Reason}")]
    private static partial void LogReadiness(ILogger logger, string node, bool ready, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The state of node {Node} could not be reported")]
    private static partial void LogReportFailed(ILogger logger, Exception exception, string node);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lease of node {Node} could not be renewed")]
    private static partial void LogLeaseFailed(ILogger logger, Exception exception, string node);
}
