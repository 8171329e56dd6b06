using Microsoft.Extensions.Logging;
using Minke.Api;
using Minke.Api.Core;
using Minke.Client;

namespace Minke.Controllers.Replication;

/// <summary>Keeps as many pods as each ReplicationController asks for, and says in its status how many there are.</summary>
public sealed partial class ReplicationReconciler : IController
{
    private const int Workers = 5;

    private readonly ControllerContext _context;
    private readonly Lister<ReplicationController> _controllers;
    private readonly Lister<Pod> _pods;
    private readonly WorkQueue<ObjectKey> _queue;
    private readonly Expectations _expectations;
    private readonly PodControl _control;
    private readonly ILogger _logger;

    public ReplicationReconciler(ControllerContext context)
    {
        _context = context;
        _controllers = context.Informers.Lister<ReplicationController>();
        _pods = context.Informers.Lister<Pod>();
        _queue = context.NewQueue();
        _expectations = new Expectations(context.Time);
        _control = new PodControl(context, _expectations);
        _logger = context.Loggers.CreateLogger<ReplicationReconciler>();
        context.Informers.Of<ReplicationController>().AddHandler(OnController);
        context.Informers.Of<Pod>().AddHandler(OnPod);
    }

    public Task RunAsync(CancellationToken cancellationToken) =>
        new Reconciler<ObjectKey>("replication", _queue, ReconcileAsync, () => _controllers.Keys, _logger).RunAsync(Workers, cancellationToken);

    private async Task<Reconciled> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_controllers.Get(key) is not { } controller)
        {
            _expectations.Forget(key);
            return Reconciled.Done;
        }

        // Asked before the pods are read, so that what arrives in between cannot be counted twice.
        var expectationsMet = _expectations.AreMet(key);
        var now = _context.Time.GetUtcNow();
        var pods = _pods.Find(Indexes.Namespace, key.Namespace);
        var plan = ReplicaPlan.For(controller, pods, now);
        await ClaimAsync(controller, plan, cancellationToken);
        var result = expectationsMet && controller.Metadata.DeletionTimestamp is null
            ? await ScaleAsync(controller, plan, cancellationToken)
            : default;
        await WriteStatusAsync(controller, pods, plan, result.Failure, now, cancellationToken);
        if (result.Exception is { } exception)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(exception);
        }

        return NextLook(controller, pods, now);
    }

    private async Task ClaimAsync(ReplicationController controller, ReplicaPlan plan, CancellationToken cancellationToken)
    {
        if (plan.Adopt.Count > 0)
        {
            // The cache may still show a controller that is gone, or one that was made anew.
            var fresh = await _context.Client.GetAsync<ReplicationController>(ObjectKey.Of(controller), cancellationToken);
            if (fresh.Metadata.Uid != controller.Metadata.Uid || fresh.Metadata.DeletionTimestamp is not null)
            {
                throw ApiErrors.Conflict(controller.Info, controller.Metadata.Name, "the controller has just been deleted");
            }
        }

        foreach (var pod in plan.Adopt)
        {
            LogAdopt(_logger, ObjectKey.Of(controller), ObjectKey.Of(pod));
            await _control.AdoptAsync(controller, pod, cancellationToken);
        }

        foreach (var pod in plan.Release)
        {
            LogRelease(_logger, ObjectKey.Of(controller), ObjectKey.Of(pod));
            await _control.ReleaseAsync(controller, pod, cancellationToken);
        }
    }

    private async Task<ScaleResult> ScaleAsync(ReplicationController controller, ReplicaPlan plan, CancellationToken cancellationToken)
    {
        if (plan.Create > 0)
        {
            return await _control.CreateAsync(controller, plan.Create, cancellationToken);
        }

        return plan.Delete.Count > 0 ? await _control.DeleteAsync(controller, plan.Delete, cancellationToken) : default;
    }

    private async Task WriteStatusAsync(
        ReplicationController controller, IEnumerable<Pod> pods, ReplicaPlan plan, ReplicaFailureReason? failure, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var owned = pods.Where(pod => PodFacts.IsActive(pod)
            && ReplicaPlan.Matches(controller, pod)
            && (PodFacts.IsControlledBy(pod, controller.Metadata.Uid) || plan.Adopt.Contains(pod))).ToList();
        var status = ReplicaStatus.Of(controller, owned, failure, now);
        if (!ReplicaStatus.AreSame(status, controller.Status))
        {
            var changed = controller.Clone();
            changed.Status = status;
            await _context.Client.UpdateStatusAsync(changed, cancellationToken);
        }
    }

    /// <summary>Pods become available by time alone; look again when the next one does.</summary>
    private static Reconciled NextLook(ReplicationController controller, IEnumerable<Pod> pods, DateTimeOffset now)
    {
        if (controller.Spec.MinReadySeconds == 0)
        {
            return Reconciled.Done;
        }

        var next = pods
            .Where(pod => PodFacts.IsControlledBy(pod, controller.Metadata.Uid))
            .Select(pod => PodFacts.ReadySince(pod)?.AddSeconds(controller.Spec.MinReadySeconds))
            .Where(at => at > now)
            .Min();
        return next is { } at ? Reconciled.After(at - now) : Reconciled.Done;
    }

    private void OnController(Change<ReplicationController> change)
    {
        if (change.Type == ChangeType.Deleted)
        {
            // At once: one of the same name could be made before the key is worked on.
            _expectations.Forget(change.Key);
        }

        _queue.Add(change.Key);
    }

    private void OnPod(Change<Pod> change)
    {
        var pod = change.Item;
        var gone = change.Type == ChangeType.Deleted || pod.Metadata.DeletionTimestamp is not null;
        if (change.Old is { } old && References.ControllerOf(old)?.Uid != References.ControllerOf(pod)?.Uid && OwnerKey(old) is { } before)
        {
            _queue.Add(before);
        }

        if (OwnerKey(pod) is { } owner)
        {
            if (gone)
            {
                _expectations.DeletionSeen(owner, pod.Metadata.Uid);
            }

            if (change.Type == ChangeType.Added)
            {
                _expectations.CreationSeen(owner);
            }

            _queue.Add(owner);
        }
        else if (!gone && References.ControllerOf(pod) is null)
        {
            AddMatching(pod);
        }
    }

    private void AddMatching(Pod pod)
    {
        foreach (var controller in _controllers.Find(Indexes.Namespace, pod.Metadata.Namespace))
        {
            if (ReplicaPlan.Matches(controller, pod))
            {
                _queue.Add(ObjectKey.Of(controller));
            }
        }
    }

    /// <summary>The controller that owns the pod, if it is one of ours; it need not be in the cache.</summary>
    private static ObjectKey? OwnerKey(Pod pod) =>
        References.ControllerOf(pod) is { Kind: nameof(ReplicationController), ApiVersion: "v1" } owner
            ? new ObjectKey(pod.Metadata.Namespace, owner.Name)
            : null;

    [LoggerMessage(1, LogLevel.Information, "Replication: {Controller} takes over {Pod}")]
    private static partial void LogAdopt(ILogger logger, ObjectKey controller, ObjectKey pod);

    [LoggerMessage(2, LogLevel.Information, "Replication: {Controller} lets go of {Pod}")]
    private static partial void LogRelease(ILogger logger, ObjectKey controller, ObjectKey pod);
}
