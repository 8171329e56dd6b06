namespace Minke.Api.Authorization;

/// <summary>Asks the server whether the client may do one thing; <c>kubectl auth can-i</c>.</summary>
[Kind("selfsubjectaccessreviews", Namespaced = false, Verbs = ["create"])]
public sealed partial class SelfSubjectAccessReview : ApiObject
{
    /// <summary>What the client would like to do.</summary>
    [Field(2), Required]
    public partial SelfSubjectAccessReviewSpec Spec { get; set; }

    /// <summary>The server's answer.</summary>
    [Field(3)] public partial SubjectAccessReviewStatus Status { get; set; }
}

/// <summary>A request to judge: about a resource or about another path, not both.</summary>
public sealed partial class SelfSubjectAccessReviewSpec : ApiType
{
    /// <summary>A request about a resource.</summary>
    [Field(1)] public partial ResourceAttributes? ResourceAttributes { get; set; }

    /// <summary>A request for a path that is no resource.</summary>
    [Field(2)] public partial NonResourceAttributes? NonResourceAttributes { get; set; }
}

/// <summary>What a request about a resource would be.</summary>
public sealed partial class ResourceAttributes : ApiType
{
    /// <summary>The namespace; empty: all, or a resource without namespaces.</summary>
    [Field(1)] public partial string Namespace { get; set; }

    /// <summary>The verb, for example get or list; * for all.</summary>
    [Field(2)] public partial string Verb { get; set; }

    /// <summary>The API group; * for all.</summary>
    [Field(3)] public partial string Group { get; set; }

    /// <summary>The API version; * for all.</summary>
    [Field(4)] public partial string Version { get; set; }

    /// <summary>The resource, for example pods; * for all.</summary>
    [Field(5)] public partial string Resource { get; set; }

    /// <summary>The subresource, for example log.</summary>
    [Field(6)] public partial string Subresource { get; set; }

    /// <summary>The name of one object; empty: all.</summary>
    [Field(7)] public partial string Name { get; set; }

    /// <summary>Only objects with these fields; it can narrow what is asked, not widen it.</summary>
    [Field(8)] public partial FieldSelectorAttributes? FieldSelector { get; set; }

    /// <summary>Only objects with these labels; it can narrow what is asked, not widen it.</summary>
    [Field(9)] public partial LabelSelectorAttributes? LabelSelector { get; set; }
}

/// <summary>A field selector of a request, as it came or taken apart.</summary>
public sealed partial class FieldSelectorAttributes : ApiType
{
    /// <summary>The selector as a query parameter.</summary>
    [Field(1)] public partial string RawSelector { get; set; }

    /// <summary>The selector's conditions, all of which must hold.</summary>
    [Field(2)] public partial ApiList<FieldSelectorRequirement> Requirements { get; set; }
}

/// <summary>One condition on a field.</summary>
public sealed partial class FieldSelectorRequirement : ApiType
{
    /// <summary>The field.</summary>
    [Field(1), Required]
    public partial string Key { get; set; }

    /// <summary>In, NotIn, Exists or DoesNotExist.</summary>
    [Field(2), Required]
    public partial string Operator { get; set; }

    /// <summary>What the field is compared with.</summary>
    [Field(3)] public partial ApiList<string> Values { get; set; }
}

/// <summary>A label selector of a request, as it came or taken apart.</summary>
public sealed partial class LabelSelectorAttributes : ApiType
{
    /// <summary>The selector as a query parameter.</summary>
    [Field(1)] public partial string RawSelector { get; set; }

    /// <summary>The selector's conditions, all of which must hold.</summary>
    [Field(2)] public partial ApiList<Meta.LabelSelectorRequirement> Requirements { get; set; }
}

/// <summary>What a request for a path that is no resource would be.</summary>
public sealed partial class NonResourceAttributes : ApiType
{
    /// <summary>The path of the URL.</summary>
    [Field(1)] public partial string Path { get; set; }

    /// <summary>The HTTP method in lower case.</summary>
    [Field(2)] public partial string Verb { get; set; }
}

/// <summary>Whether a request would be allowed.</summary>
public sealed partial class SubjectAccessReviewStatus : ApiType
{
    /// <summary>The request would be allowed.</summary>
    [Field(1), Required]
    public partial bool Allowed { get; set; }

    /// <summary>The request would be refused whatever else may allow it.</summary>
    [Field(4)] public partial bool Denied { get; set; }

    /// <summary>Why it would be allowed or not.</summary>
    [Field(2)] public partial string Reason { get; set; }

    /// <summary>What went wrong while judging.</summary>
    [Field(3)] public partial string EvaluationError { get; set; }
}
