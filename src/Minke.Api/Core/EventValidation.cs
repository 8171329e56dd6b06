namespace Minke.Api.Core;

/// <summary>Checks events: an event lies where the object that it is about lies.</summary>
internal static class EventValidation
{
    private const string ClusterWide = "default"; // where events about objects outside of namespaces lie

    public static void Validate(Event item, FieldErrors errors)
    {
        var path = FieldPath.Root("involvedObject").Child("namespace");
        var about = item.InvolvedObject.Namespace;
        var home = item.Metadata.Namespace;
        var fits = about.Length == 0 ? home is "" or ClusterWide or "kube-system" : home == about;
        if (!fits)
        {
            errors.Invalid(path, about, "does not match event.namespace");
        }

        errors.CheckNonNegative("count", item.Count);
    }

    public static void ValidateUpdate(Event old, Event item, FieldErrors errors) => Validate(item, errors);
}
