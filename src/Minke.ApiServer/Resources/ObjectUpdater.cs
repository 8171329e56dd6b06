using System.Globalization;
using Minke.Api;
using Minke.ApiServer.Cache;
using Minke.Store;

namespace Minke.ApiServer.Resources;

/// <summary>Changes objects: read, change, prepare, validate, compare and swap; once more when another write came in between.</summary>
internal sealed class ObjectUpdater(TimeProvider time)
{
    // Each further attempt means that another writer made progress; the limit only ends a fight that nobody wins.
    private const int MaxAttempts = 64;

    /// <param name="change">Makes the desired object from the current one, which is frozen. It is asked again after a conflict.</param>
    /// <exception cref="ApiException">There is no such object, the change is refused, or the version that it was made for is not the newest.</exception>
    public async Task<ApiObject> UpdateAsync(
        ResourceStorage storage,
        string ns,
        string name,
        Func<ApiObject, DesiredObject> change,
        UpdateScope scope,
        WriteOptions options,
        CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var current = await storage.GetAsync(ns, name, ResourceStorage.NewestVersion, cancellationToken);
            var desired = change(current.Object);
            Prepare(storage, desired, current.Object, scope, options);
            ObjectValidation.CheckUpdate(storage.Kind, desired.Item, current.Object, scope);
            if (await CommitAsync(storage, desired.Item, current, options, cancellationToken) is { } written)
            {
                return written;
            }
        }

        throw ApiErrors.StaleWrite(storage.Kind, name);
    }

    private void Prepare(ResourceStorage storage, DesiredObject change, ApiObject current, UpdateScope scope, WriteOptions options)
    {
        var desired = change.Item;
        RequestChecks.SetNamespace(storage.Kind, desired, current.Metadata.Namespace);
        RequestChecks.SameName(desired, current.Metadata.Name);
        RequestChecks.SameVersion(storage.Kind, desired, current);
        KeepIdentity(desired, current);
        switch (scope)
        {
            case UpdateScope.Main:
                storage.Kind.Default?.Invoke(desired);
                storage.Strategy.PrepareUpdate(desired, current);
                break;
            case UpdateScope.Status:
                storage.Strategy.PrepareStatusUpdate(desired, current);
                break;
            case UpdateScope.Finalize:
                storage.Strategy.PrepareFinalize(desired, current);
                break;
        }

        var counts = storage.Strategy.CountsGenerations && scope == UpdateScope.Main && storage.Strategy.SpecChanged(desired, current);
        desired.Metadata.Generation = current.Metadata.Generation + (counts ? 1 : 0);
        if (!change.FieldsAreTracked)
        {
            FieldOwnership.OnUpdate(storage.Kind, desired, current, options, time);
        }
    }

    /// <summary>What a client cannot change, whatever it sends.</summary>
    private static void KeepIdentity(ApiObject desired, ApiObject current)
    {
        desired.Metadata.Uid = current.Metadata.Uid;
        desired.Metadata.CreationTimestamp = current.Metadata.CreationTimestamp;
        desired.Metadata.DeletionTimestamp = current.Metadata.DeletionTimestamp;
        desired.Metadata.DeletionGracePeriodSeconds = current.Metadata.DeletionGracePeriodSeconds;
        desired.Metadata.GenerateName = current.Metadata.GenerateName;
        desired.Metadata.SelfLink = "";
    }

    /// <summary>The object as written; null when another write came in between.</summary>
    private static async ValueTask<ApiObject?> CommitAsync(
        ResourceStorage storage, ApiObject desired, CachedObject current, WriteOptions options, CancellationToken cancellationToken)
    {
        desired.Metadata.ResourceVersion = current.Object.Metadata.ResourceVersion;
        if (options.DryRun)
        {
            return desired.Frozen();
        }

        var removes = desired.Metadata.DeletionTimestamp is not null
            && (desired.Metadata.DeletionGracePeriodSeconds ?? 0) == 0
            && desired.Metadata.Finalizers.Count == 0
            && !storage.Strategy.IsHeldBack(desired);
        if (!removes && ObjectCodec.SameStored(desired, current.Object))
        {
            return current.Object;
        }

        var result = removes
            ? await storage.RemoveAsync(current, cancellationToken)
            : await storage.ReplaceAsync(desired, current.Revision, cancellationToken);
        switch (result.Outcome)
        {
            case WriteOutcome.Committed:
                desired.Metadata.ResourceVersion = result.Revision.ToString(CultureInfo.InvariantCulture);
                return desired.Frozen();
            case WriteOutcome.Missing:
                throw ApiErrors.NotFound(storage.Kind, current.Name);
            default:
                return null;
        }
    }
}
