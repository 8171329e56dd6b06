namespace Minke.Api.OpenApi;

/// <summary>The parameters that requests of each kind of action take.</summary>
internal static class ApiParameters
{
    public static readonly ApiParameter Namespace = Text("namespace", "The namespace of the object.");
    public static readonly ApiParameter Name = Text("name", "The name of the object.");

    private static readonly ApiParameter Pretty = Text("pretty", "With \"true\" the answer is indented.");
    private static readonly ApiParameter DryRun = Text("dryRun", "With \"All\" everything is checked and nothing is stored.");
    private static readonly ApiParameter FieldManager = Text("fieldManager", "Who makes this change, for the record of who manages which field.");
    private static readonly ApiParameter FieldValidation = Text("fieldValidation", "What unknown and duplicate fields lead to: Ignore, Warn or Strict.");
    private static readonly ApiParameter Force = Flag("force", "Take over fields that other managers hold; for apply patches only.");
    private static readonly ApiParameter ResourceVersion = Text("resourceVersion", "How new the answer must be, or where the watch starts.");

    private static readonly ApiParameter[] Write = [Pretty, DryRun, FieldManager, FieldValidation];

    private static readonly ApiParameter[] Select =
    [
        Text("labelSelector", "Only objects whose labels match, for example app=web,tier!=db."),
        Text("fieldSelector", "Only objects whose fields match, for example metadata.name=web-0."),
        Number("limit", "The most items in one answer; the rest is fetched with the continue token."),
        Text("continue", "The token of the previous answer, to get the items after it."),
        ResourceVersion,
        Text("resourceVersionMatch", "How resourceVersion is meant: Exact or NotOlderThan."),
        Number("timeoutSeconds", "How long the request may take at most."),
    ];

    private static readonly ApiParameter[] List =
    [
        Pretty,
        .. Select,
        Flag("watch", "Answer with a stream of changes."),
        Flag("allowWatchBookmarks", "Send events that only tell how far the watch has come."),
        Flag("sendInitialEvents", "Begin the watch with what exists, then a bookmark."),
    ];

    private static readonly ApiParameter[] Delete =
    [
        Pretty,
        DryRun,
        Number("gracePeriodSeconds", "How long the object may take to end; 0 means at once."),
        Flag("orphanDependents", "Leave what the object owns. Older form of propagationPolicy."),
        Text("propagationPolicy", "What becomes of what the object owns: Orphan, Background or Foreground."),
    ];

    private static readonly ApiParameter[] Log =
    [
        Pretty,
        Text("container", "The container whose log is read; may be left out if the pod has only one."),
        Flag("follow", "Go on sending what the container writes."),
        Number("limitBytes", "The most bytes to send."),
        Flag("previous", "Read the log of the container's previous run."),
        Number("sinceSeconds", "Only lines of the last so many seconds."),
        Text("sinceTime", "Only lines since this time."),
        Number("tailLines", "Only the last so many lines."),
        Flag("timestamps", "Begin each line with the time it was written."),
    ];

    private static readonly ApiParameter[] Stream =
    [
        Text("command", "The command to run and its arguments, repeated for each; for exec only."),
        Text("container", "The container; may be left out if the pod has only one."),
        Flag("stdin", "Pass standard input on."),
        Flag("stdout", "Send standard output back."),
        Flag("stderr", "Send standard error back."),
        Flag("tty", "Allocate a terminal."),
    ];

    public static IReadOnlyList<ApiParameter> Of(string action, string subresource) => (action, subresource) switch
    {
        (_, "log") => Log,
        ("connect", "portforward") => [Number("ports", "The ports to forward.")],
        ("connect", _) => Stream,
        ("list", _) => List,
        ("post" or "put", _) => Write,
        ("patch", _) => [.. Write, Force],
        ("delete", _) => Delete,
        ("deletecollection", _) => [.. Delete, .. Select],
        _ => [Pretty, ResourceVersion],
    };

    private static ApiParameter Text(string name, string doc) => new(name, "string", doc);

    private static ApiParameter Flag(string name, string doc) => new(name, "boolean", doc);

    private static ApiParameter Number(string name, string doc) => new(name, "integer", doc);
}
