using Minke.Api;
using Minke.Api.Meta;
using Minke.ApiServer.Patch;
using Minke.ApiServer.Patch.Apply;
using Minke.Client;

namespace Minke.ApiServer.Resources;

/// <summary>A patch of one object, ready to be applied to whatever version of it is the newest.</summary>
/// <param name="patch">The body, in JSON.</param>
/// <param name="validation">What is done about fields that the kind does not have.</param>
/// <param name="warnings">Receives them in mode <see cref="FieldValidation.Warn"/>; null: they are dropped.</param>
public sealed class ObjectPatch(PatchBody patch, FieldValidation validation, ICollection<string>? warnings)
{
    /// <summary>Server-side apply makes an object that is not there.</summary>
    internal bool MayCreate => patch.Type == PatchType.Apply;

    /// <exception cref="ApiException">The patch cannot be read, does not fit, or conflicts with other managers.</exception>
    internal DesiredObject Apply(KindView view, ApiObject stored, WriteOptions options, TimeProvider time)
    {
        warnings?.Clear(); // an earlier attempt on an older version may have left some
        var current = view.Serve(stored);
        var json = ApiJson.Encode(current);
        return patch.Type == PatchType.Apply
            ? Merge(view, json, current.Metadata.ManagedFields, options, time)
            : new DesiredObject(Decode(view, PatchEngine.Apply(view.Kind, json, patch.Type, patch.Json)));
    }

    /// <summary>The object that the patch makes when there is none.</summary>
    /// <exception cref="ApiException">The configuration is not one of an object of this kind and name.</exception>
    internal DesiredObject Create(KindView view, string name, WriteOptions options, TimeProvider time)
    {
        var desired = Merge(view, default, [], options, time);
        RequestChecks.SameName(desired.Item, name);
        return desired;
    }

    private DesiredObject Merge(
        KindView view, ReadOnlyMemory<byte> live, IReadOnlyList<ManagedFieldsEntry> managed, WriteOptions options, TimeProvider time)
    {
        if (validation != FieldValidation.Ignore)
        {
            ApiJson.Decode(view.Kind, patch.Json.Span, validation, warnings);
        }

        var result = FieldManager.Apply(view.Kind, live, managed, patch.Json, FieldOwnership.WriterOf(options, time), patch.Force);
        var item = ApiJson.Decode(view.Kind, result.Json);
        item.Metadata.ManagedFields = new ApiList<ManagedFieldsEntry>(result.ManagedFields);
        return new DesiredObject(view.Store(item), FieldsAreTracked: true);
    }

    private ApiObject Decode(KindView view, byte[] json) => view.Store(ApiJson.Decode(view.Kind, json, validation, warnings));
}
