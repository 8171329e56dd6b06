using System.Globalization;
using Minke.Api;
using Minke.ApiServer.Resources.Admission;
using Minke.Store;

namespace Minke.ApiServer.Resources;

/// <summary>Creates objects: defaults, admission, identity, validation, commit.</summary>
internal sealed class ObjectCreator(ObjectAdmission admission, TimeProvider time, Ids ids)
{
    private const int MaxNameAttempts = 8;
    private const int MaxGeneratedBase = 58; // with the suffix of five the name still fits into a DNS label

    /// <exception cref="ApiException">The object is refused.</exception>
    public async Task<ApiObject> CreateAsync(
        ResourceStorage storage, string ns, DesiredObject given, WriteOptions options, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var item = await PrepareAsync(storage, ns, given, options, cancellationToken);
            if (options.DryRun)
            {
                await ThrowIfExistsAsync(storage, item, cancellationToken);
                return item.Frozen();
            }

            var result = await storage.InsertAsync(item, cancellationToken);
            if (result.Outcome == WriteOutcome.Committed)
            {
                item.Metadata.ResourceVersion = result.Revision.ToString(CultureInfo.InvariantCulture);
                return item.Frozen();
            }

            if (given.Item.Metadata.Name.Length > 0)
            {
                throw await AlreadyExistsAsync(storage, item, cancellationToken);
            }

            if (attempt == MaxNameAttempts)
            {
                throw ApiErrors.GenerateNameConflict(storage.Kind, item.Metadata.Name);
            }
        }
    }

    private async ValueTask<ApiObject> PrepareAsync(
        ResourceStorage storage, string ns, DesiredObject given, WriteOptions options, CancellationToken cancellationToken)
    {
        var kind = storage.Kind;
        var item = given.Item.Clone();
        SetIdentity(kind, ns, item);
        await admission.CheckNamespaceAsync(kind, ns, item.Metadata.Name, cancellationToken);
        kind.Default?.Invoke(item);
        await admission.AdmitAsync(item, ns, cancellationToken);
        storage.Strategy.PrepareCreate(item);
        item.Metadata.Generation = storage.Strategy.CountsGenerations ? 1 : 0;
        if (!given.FieldsAreTracked)
        {
            FieldOwnership.OnCreate(kind, item, options, time);
        }

        ObjectValidation.Check(kind, item);
        return item;
    }

    private void SetIdentity(KindInfo kind, string ns, ApiObject item)
    {
        var metadata = item.Metadata;
        RequestChecks.SetNamespace(kind, item, ns);
        if (metadata.ResourceVersion.Length > 0)
        {
            throw ApiErrors.BadRequest("resourceVersion should not be set on objects to be created");
        }

        if (metadata.Name.Length == 0 && metadata.GenerateName.Length > 0)
        {
            var prefix = metadata.GenerateName;
            metadata.Name = (prefix.Length > MaxGeneratedBase ? prefix[..MaxGeneratedBase] : prefix) + ids.NewSuffix();
        }

        metadata.Uid = ids.NewUid();
        metadata.CreationTimestamp = Clock.Seconds(time);
        metadata.DeletionTimestamp = null;
        metadata.DeletionGracePeriodSeconds = null;
        metadata.SelfLink = "";
    }

    private static async ValueTask ThrowIfExistsAsync(ResourceStorage storage, ApiObject item, CancellationToken cancellationToken)
    {
        if (await storage.FindAsync(item.Metadata.Namespace, item.Metadata.Name, ResourceStorage.NewestVersion, cancellationToken) is not null)
        {
            throw ApiErrors.AlreadyExists(storage.Kind, item.Metadata.Name);
        }
    }

    private static async ValueTask<ApiException> AlreadyExistsAsync(ResourceStorage storage, ApiObject item, CancellationToken cancellationToken)
    {
        var name = item.Metadata.Name;
        var error = ApiErrors.AlreadyExists(storage.Kind, name);
        var present = await storage.FindAsync(item.Metadata.Namespace, name, ResourceStorage.AnyVersion, cancellationToken);
        if (present?.Object.Metadata.DeletionTimestamp is not null)
        {
            error.Status.Message = "object is being deleted: " + error.Status.Message;
        }

        return error;
    }
}
