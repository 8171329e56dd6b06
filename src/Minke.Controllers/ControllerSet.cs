using Microsoft.Extensions.Logging;
using Minke.Api;
using Minke.Client;
using Minke.Controllers.Accounts;
using Minke.Controllers.Events;
using Minke.Controllers.Garbage;
using Minke.Controllers.Namespaces;
using Minke.Controllers.Nodes;
using Minke.Controllers.Pods;
using Minke.Controllers.Replication;

namespace Minke.Controllers;

/// <summary>All controllers of the control plane on one set of informers. It can be stopped at any moment and a new one started.</summary>
public sealed class ControllerSet
{
    private readonly ControllerContext _context;
    private readonly IReadOnlyList<IController> _controllers;

    /// <param name="rootCertificate">The certificate of the cluster's authority in PEM form, which is put into every namespace; null: none.</param>
    public ControllerSet(IObjectClient client, TimeProvider time, Ids ids, ILoggerFactory loggers, string? rootCertificate)
    {
        var context = _context = new ControllerContext(client, time, ids, loggers);
        List<IController> controllers =
        [
            new ReplicationReconciler(context),
            new GarbageCollector(context),
            new NamespaceReconciler(context),
            new NodeLifecycle(context),
            new TaintEviction(context),
            new PodCollector(context),
            new ServiceAccountReconciler(context),
            new EventExpiry(context),
        ];
        if (rootCertificate is not null)
        {
            controllers.Add(new RootCertificateReconciler(context, rootCertificate));
        }

        _controllers = controllers;
    }

    /// <summary>Works until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Together.RunAsync(cancellationToken, [_context.Informers.RunAsync, RunControllersAsync, .. _context.Recorders.Select(RunOf)]);

    private static Func<CancellationToken, Task> RunOf(EventRecorder recorder) => recorder.RunAsync;

    private static Func<CancellationToken, Task> RunOf(IController controller) => controller.RunAsync;

    private async Task RunControllersAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _context.Informers.WhenSyncedAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }

        await Together.RunAsync(cancellationToken, _controllers.Select(RunOf));
    }
}
