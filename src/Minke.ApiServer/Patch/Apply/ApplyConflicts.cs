using System.Globalization;
using Minke.Api;
using Minke.Api.Meta;

namespace Minke.ApiServer.Patch.Apply;

/// <summary>The fields that a configuration would change although other managers own them, by owner.</summary>
internal sealed class ApplyConflicts
{
    private readonly List<(FieldOwnerId Owner, FieldSet Fields)> _conflicts;

    private ApplyConflicts(List<(FieldOwnerId, FieldSet)> conflicts) => _conflicts = conflicts;

    public bool Any => _conflicts.Count > 0;

    public static ApplyConflicts Find(FieldOwners owners, FieldOwnerId applier, FieldSet changed)
    {
        List<(FieldOwnerId, FieldSet)> conflicts = [];
        foreach (var owner in owners.All)
        {
            if (owner.Id != applier && owner.Fields.Intersection(changed) is { IsEmpty: false } fields)
            {
                conflicts.Add((owner.Id, fields));
            }
        }

        return new ApplyConflicts(conflicts);
    }

    /// <summary>The conflicts about other fields than those given.</summary>
    public ApplyConflicts Except(FieldSet allowed) =>
        new([.. _conflicts.Select(conflict => conflict with { Fields = conflict.Fields.Difference(allowed) }).Where(conflict => !conflict.Fields.IsEmpty)]);

    /// <summary>409, in the form that kubectl explains to its user.</summary>
    public ApiException ToException()
    {
        var all = _conflicts
            .OrderBy(conflict => conflict.Owner.Manager, StringComparer.Ordinal)
            .SelectMany(conflict => conflict.Fields.Paths().Select(path => (Manager: Describe(conflict.Owner), Path: PathElement.Display(path))))
            .ToList();
        var causes = all.Select(
            conflict => new StatusCause { Reason = "FieldManagerConflict", Message = $"conflict with {conflict.Manager}", Field = conflict.Path });
        return ApiErrors.ApplyConflict(causes, Message(all));
    }

    private static string Message(List<(string Manager, string Path)> conflicts)
    {
        if (conflicts is [var only])
        {
            return $"Apply failed with 1 conflict: conflict with {only.Manager}: {only.Path}";
        }

        var groups = conflicts.GroupBy(conflict => conflict.Manager).Select(
            group => $"conflicts with {group.Key}:\n{string.Join('\n', group.Select(conflict => "- " + conflict.Path))}");
        return string.Create(CultureInfo.InvariantCulture, $"Apply failed with {conflicts.Count} conflicts: {string.Join('\n', groups)}");
    }

    private static string Describe(FieldOwnerId owner)
    {
        var text = PathElement.Quote(owner.Manager);
        if (owner.Subresource.Length > 0)
        {
            text += $" with subresource {PathElement.Quote(owner.Subresource)}";
        }

        return owner.Operation == FieldOwner.ApplyOperation ? text : $"{text} using {owner.ApiVersion}";
    }
}
