using Minke.Api;
using Minke.Api.Meta;
using Minke.ApiServer.Patch.Apply;

namespace Minke.ApiServer.Resources;

/// <summary>Keeps <c>metadata.managedFields</c> of written objects.</summary>
internal static class FieldOwnership
{
    // In-process writers need no name of their own, but what they change must not stay another manager's.
    private const string Unnamed = "minke";

    public static FieldWriter WriterOf(WriteOptions options, TimeProvider time) =>
        new(options.FieldManager.Length > 0 ? options.FieldManager : Unnamed, options.Subresource, Clock.Seconds(time));

    public static void OnCreate(KindInfo kind, ApiObject item, WriteOptions options, TimeProvider time)
    {
        var sent = item.Metadata.ManagedFields;
        item.Metadata.ManagedFields = options.FieldManager.Length == 0
            ? []
            : new ApiList<ManagedFieldsEntry>(FieldManager.TrackUpdate(kind, default, ApiJson.Encode(item), [], sent, WriterOf(options, time)));
    }

    public static void OnUpdate(KindInfo kind, ApiObject desired, ApiObject current, WriteOptions options, TimeProvider time)
    {
        var stored = current.Metadata.ManagedFields;
        var sent = desired.Metadata.ManagedFields;
        desired.Metadata.ManagedFields = stored.Count == 0 && sent.Count == 0
            ? []
            : new ApiList<ManagedFieldsEntry>(FieldManager.TrackUpdate(
                kind, ApiJson.Encode(current), ApiJson.Encode(desired), stored, sent, WriterOf(options, time)));
    }
}
