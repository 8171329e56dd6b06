using Minke.Api;

namespace Minke.ApiServer.Resources;

/// <summary>An object as a writer wants it, in the form that is stored.</summary>
/// <param name="FieldsAreTracked">Its managedFields are already what they have to become.</param>
internal readonly record struct DesiredObject(ApiObject Item, bool FieldsAreTracked = false);

/// <summary>What a patch led to.</summary>
/// <param name="Created">There was no object before.</param>
public readonly record struct PatchResult(ApiObject Item, bool Created);
