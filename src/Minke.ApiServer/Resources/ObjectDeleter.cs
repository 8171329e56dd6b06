using System.Globalization;
using Minke.Api;
using Minke.ApiServer.Cache;
using Minke.Store;

namespace Minke.ApiServer.Resources;

/// <summary>What a deletion did.</summary>
/// <param name="Item">The object as it is now, or as it was last when <paramref name="Removed"/>.</param>
/// <param name="Removed">The object is gone; else it was marked and goes when its grace period or its finalizers let it.</param>
public readonly record struct DeletionResult(ApiObject Item, bool Removed);

/// <summary>
/// Deletes objects. One that has time to end gracefully, or that finalizers hold back, is marked by a deletion timestamp and stays until
/// whoever is concerned lets go of it.
/// </summary>
internal sealed class ObjectDeleter(TimeProvider time)
{
    private const int MaxAttempts = 64;
    private const string OrphanFinalizer = "orphan";
    private const string ForegroundFinalizer = "foregroundDeletion";

    /// <exception cref="ApiException">There is no such object, a precondition does not hold, or it must not be deleted.</exception>
    public async Task<DeletionResult> DeleteAsync(
        ResourceStorage storage, string ns, string name, DeletionOptions options, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var current = await storage.GetAsync(ns, name, ResourceStorage.NewestVersion, cancellationToken);
            CheckPreconditions(storage.Kind, current.Object, options);
            storage.Strategy.CheckDeletion(current.Object);
            var marked = Mark(storage, current.Object, options);
            var removes = (marked.Metadata.DeletionGracePeriodSeconds ?? 0) == 0
                && marked.Metadata.Finalizers.Count == 0
                && !storage.Strategy.IsHeldBack(marked);
            if (options.DryRun)
            {
                return new DeletionResult(marked.Frozen(), removes);
            }

            if (!removes && ObjectCodec.SameStored(marked, current.Object))
            {
                return new DeletionResult(current.Object, Removed: false);
            }

            if (await CommitAsync(storage, current, marked, removes, cancellationToken) is { } result)
            {
                return result;
            }
        }

        throw ApiErrors.StaleWrite(storage.Kind, name);
    }

    private static void CheckPreconditions(KindInfo kind, ApiObject current, DeletionOptions options)
    {
        RequestChecks.SameUid(kind, options.Uid, current);
        if (!string.IsNullOrEmpty(options.ResourceVersion) && options.ResourceVersion != current.Metadata.ResourceVersion)
        {
            throw ApiErrors.Conflict(
                kind,
                current.Metadata.Name,
                $"Precondition failed: ResourceVersion in precondition: {options.ResourceVersion}, ResourceVersion in object meta: {current.Metadata.ResourceVersion}");
        }
    }

    /// <summary>The object as the deletion leaves it, if it is to stay for now.</summary>
    private ApiObject Mark(ResourceStorage storage, ApiObject current, DeletionOptions options)
    {
        var item = current.Clone();
        var metadata = item.Metadata;
        SetFinalizers(item, options.Propagation, storage.Strategy.DefaultPropagation);
        var grace = storage.Strategy.GracePeriodSeconds(current, options.GracePeriodSeconds);
        if (metadata.DeletionTimestamp is not { } deadline)
        {
            metadata.DeletionTimestamp = Clock.Seconds(time).AddSeconds(grace);
            metadata.DeletionGracePeriodSeconds = grace;
            metadata.Generation += metadata.Generation > 0 ? 1 : 0;
            storage.Strategy.BeginDeletion(item);
        }
        else if (metadata.DeletionGracePeriodSeconds is { } before && IsShorter(grace, before, options))
        {
            metadata.DeletionTimestamp = deadline.AddSeconds(grace - before);
            metadata.DeletionGracePeriodSeconds = grace;
        }

        return item;
    }

    // A grace period that runs is only ever shortened, and only by one who says so or for an object that has nothing left to end.
    private static bool IsShorter(long grace, long before, DeletionOptions options) =>
        grace < before && (options.GracePeriodSeconds is not null || grace == 0);

    private static void SetFinalizers(ApiObject item, PropagationPolicy? asked, PropagationPolicy byDefault)
    {
        var finalizers = item.Metadata.Finalizers;

        // Without a word from the client, finalizers that are there already decide.
        if (asked is null && (finalizers.Contains(OrphanFinalizer) || finalizers.Contains(ForegroundFinalizer)))
        {
            return;
        }

        var policy = asked ?? byDefault;
        Set(finalizers, OrphanFinalizer, policy == PropagationPolicy.Orphan);
        Set(finalizers, ForegroundFinalizer, policy == PropagationPolicy.Foreground);
    }

    private static void Set(ApiList<string> finalizers, string name, bool present)
    {
        if (!present)
        {
            finalizers.Remove(name);
        }
        else if (!finalizers.Contains(name))
        {
            finalizers.Add(name);
        }
    }

    private static async ValueTask<DeletionResult?> CommitAsync(
        ResourceStorage storage, CachedObject current, ApiObject marked, bool removes, CancellationToken cancellationToken)
    {
        var result = removes
            ? await storage.RemoveAsync(current, cancellationToken)
            : await storage.ReplaceAsync(marked, current.Revision, cancellationToken);
        switch (result.Outcome)
        {
            case WriteOutcome.Committed:
                var item = removes ? current.Object.Clone() : marked;
                item.Metadata.ResourceVersion = result.Revision.ToString(CultureInfo.InvariantCulture);
                return new DeletionResult(item.Frozen(), removes);
            case WriteOutcome.Missing:
                throw ApiErrors.NotFound(storage.Kind, current.Name);
            default:
                return null;
        }
    }
}
