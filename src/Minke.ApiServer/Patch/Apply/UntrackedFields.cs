using Minke.Api;

namespace Minke.ApiServer.Patch.Apply;

/// <summary>Fields that no manager owns: the server sets them, or they name the object.</summary>
internal static class UntrackedFields
{
    private static readonly string[] s_metadata =
        ["name", "namespace", "creationTimestamp", "selfLink", "uid", "clusterName", "generation", "managedFields", "resourceVersion"];

    private static readonly FieldSet s_always = Always();
    private static readonly FieldSet s_status = Fields("status");

    /// <summary>The set without what is never owned, at the main resource or at one of its subresources.</summary>
    public static FieldSet Strip(FieldSet fields, KindInfo kind, string subresource) =>
        fields.Difference(s_always).RecursiveDifference(Reset(kind, subresource));

    /// <summary>
    /// What a write at this place leaves as it was: the status, unless it is the status that is written, which is then all that is. Fields of
    /// the object's other parts that a client sends along are not an opinion about them.
    /// </summary>
    private static FieldSet Reset(KindInfo kind, string subresource) => subresource switch
    {
        "" when kind.HasStatus => s_status,
        "status" => Fields([.. kind.Schema.Fields.Select(field => field.JsonName).Where(name => name != "status")]),
        _ => FieldSet.Empty,
    };

    private static FieldSet Always()
    {
        var set = Fields("apiVersion", "kind", "metadata");
        foreach (var name in s_metadata)
        {
            set.Insert(["f:metadata", PathElement.Field(name)]);
        }

        return set;
    }

    private static FieldSet Fields(params ReadOnlySpan<string> names)
    {
        var set = new FieldSet();
        foreach (var name in names)
        {
            set.Insert([PathElement.Field(name)]);
        }

        return set;
    }
}
