using Minke.Api;
using Minke.Api.Core;
using Minke.Client;

namespace Minke.Controllers.Replication;

/// <summary>What became of making or deleting pods: both null when all went well.</summary>
/// <param name="Failure">For the controller's status.</param>
/// <param name="Exception">For the work queue, which retries.</param>
internal readonly record struct ScaleResult(ReplicaFailureReason? Failure, Exception? Exception);

/// <summary>Makes, deletes, adopts and releases pods for a ReplicationController, and tells of it in events.</summary>
internal sealed class PodControl(ControllerContext context, Expectations expectations)
{
    private readonly EventRecorder _events = context.NewRecorder("replication-controller");

    /// <summary>
    /// Makes pods in batches that double in size while all goes well, so that a template that the API refuses costs one call and not five hundred.
    /// </summary>
    public async Task<ScaleResult> CreateAsync(ReplicationController controller, int count, CancellationToken cancellationToken)
    {
        var key = ObjectKey.Of(controller);
        expectations.ExpectCreations(key, count);
        var remaining = count;
        for (var batch = 1; remaining > 0; batch *= 2)
        {
            var size = Math.Min(batch, remaining);
            var failures = (await Task.WhenAll(Enumerable.Range(0, size).Select(_ => CreateOneAsync(controller, cancellationToken)))).OfType<Exception>().ToList();
            remaining -= size;
            if (failures.Count > 0)
            {
                // What was not tried, and what failed, will not be seen.
                expectations.CreationSeen(key, remaining + failures.Count);
                return ResultOf("FailedCreate", failures[0]);
            }
        }

        return default;
    }

    public async Task<ScaleResult> DeleteAsync(ReplicationController controller, IReadOnlyList<Pod> pods, CancellationToken cancellationToken)
    {
        expectations.ExpectDeletions(ObjectKey.Of(controller), pods.Select(static pod => pod.Metadata.Uid));
        var failures = (await Task.WhenAll(pods.Select(pod => DeleteOneAsync(controller, pod, cancellationToken)))).OfType<Exception>().ToList();
        return failures.Count == 0 ? default : ResultOf("FailedDelete", failures[0]);
    }

    public Task AdoptAsync(ReplicationController controller, Pod pod, CancellationToken cancellationToken)
    {
        var adopted = pod.Clone();
        adopted.Metadata.OwnerReferences.Add(References.ToController(controller));
        return context.Client.UpdateAsync(adopted, cancellationToken);
    }

    public async Task ReleaseAsync(ReplicationController controller, Pod pod, CancellationToken cancellationToken)
    {
        var released = pod.Clone();
        for (var i = released.Metadata.OwnerReferences.Count - 1; i >= 0; i--)
        {
            if (released.Metadata.OwnerReferences[i].Uid == controller.Metadata.Uid)
            {
                released.Metadata.OwnerReferences.RemoveAt(i);
            }
        }

        try
        {
            await context.Client.UpdateAsync(released, cancellationToken);
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            // A pod that is gone is released.
            return;
        }
    }

    /// <summary>Null when it went well.</summary>
    private async Task<Exception?> CreateOneAsync(ReplicationController controller, CancellationToken cancellationToken)
    {
        try
        {
            var made = await context.Client.CreateAsync(PodFrom(controller), cancellationToken);
            _events.Normal(controller, "SuccessfulCreate", $"Created pod: {made.Metadata.Name}");
            return null;
        }
        catch (ApiException exception) when (IsNamespaceTerminating(exception))
        {
            // Nothing can be made there any more; failing again and again would help nobody.
            expectations.CreationSeen(ObjectKey.Of(controller));
            return null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _events.Warning(controller, "FailedCreate", $"Error creating: {exception.Message}");
            return exception;
        }
    }

    private async Task<Exception?> DeleteOneAsync(ReplicationController controller, Pod pod, CancellationToken cancellationToken)
    {
        try
        {
            await context.Client.DeleteAsync<Pod>(ObjectKey.Of(pod), new DeleteRequest { Uid = pod.Metadata.Uid }, cancellationToken);
            _events.Normal(controller, "SuccessfulDelete", $"Deleted pod: {pod.Metadata.Name}");
            return null;
        }
        catch (ApiException exception) when (exception.IsNotFound || exception.IsConflict)
        {
            // Gone already, or another pod has the name by now.
            expectations.DeletionSeen(ObjectKey.Of(controller), pod.Metadata.Uid);
            return null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            expectations.DeletionSeen(ObjectKey.Of(controller), pod.Metadata.Uid);
            _events.Warning(controller, "FailedDelete", $"Error deleting: {exception.Message}");
            return exception;
        }
    }

    private static Pod PodFrom(ReplicationController controller)
    {
        var template = controller.Spec.Template ?? new PodTemplateSpec();
        var pod = new Pod { Spec = template.Spec.Clone() };
        pod.Metadata.Namespace = controller.Metadata.Namespace;
        pod.Metadata.GenerateName = controller.Metadata.Name + "-";
        foreach (var (name, value) in template.Metadata.Labels)
        {
            pod.Metadata.Labels[name] = value;
        }

        foreach (var (name, value) in template.Metadata.Annotations)
        {
            pod.Metadata.Annotations[name] = value;
        }

        pod.Metadata.Finalizers.AddRange(template.Metadata.Finalizers);
        pod.Metadata.OwnerReferences.Add(References.ToController(controller));
        return pod;
    }

    private static ScaleResult ResultOf(string reason, Exception exception) => new(new ReplicaFailureReason(reason, exception.Message), exception);

    private static bool IsNamespaceTerminating(ApiException exception) =>
        exception.Status.Details?.Causes.Any(static cause => cause.Reason == "NamespaceTerminating") == true;
}
