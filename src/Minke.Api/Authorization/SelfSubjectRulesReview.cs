namespace Minke.Api.Authorization;

/// <summary>Asks the server what the client may do in a namespace; <c>kubectl auth can-i --list</c>.</summary>
[Kind("selfsubjectrulesreviews", Namespaced = false, Verbs = ["create"])]
public sealed partial class SelfSubjectRulesReview : ApiObject
{
    /// <summary>Where the client would like to do something.</summary>
    [Field(2), Required]
    public partial SelfSubjectRulesReviewSpec Spec { get; set; }

    /// <summary>The server's answer.</summary>
    [Field(3)] public partial SubjectRulesReviewStatus Status { get; set; }
}

/// <summary>Which namespace is asked about.</summary>
public sealed partial class SelfSubjectRulesReviewSpec : ApiType
{
    /// <summary>The namespace.</summary>
    [Field(1)] public partial string Namespace { get; set; }
}

/// <summary>What a user may do.</summary>
public sealed partial class SubjectRulesReviewStatus : ApiType
{
    /// <summary>What the user may do with resources.</summary>
    [Field(1), Required]
    public partial ApiList<ResourceRule> ResourceRules { get; set; }

    /// <summary>What the user may do with other paths.</summary>
    [Field(2), Required]
    public partial ApiList<NonResourceRule> NonResourceRules { get; set; }

    /// <summary>The user may be allowed more than the lists say.</summary>
    [Field(3), Required]
    public partial bool Incomplete { get; set; }

    /// <summary>What went wrong while listing.</summary>
    [Field(4)] public partial string EvaluationError { get; set; }
}

/// <summary>Verbs that are allowed on resources.</summary>
public sealed partial class ResourceRule : ApiType
{
    /// <summary>The verbs; * for all.</summary>
    [Field(1), Required]
    public partial ApiList<string> Verbs { get; set; }

    /// <summary>The API groups; * for all.</summary>
    [Field(2)] public partial ApiList<string> ApiGroups { get; set; }

    /// <summary>The resources, with a slash before a subresource; * for all.</summary>
    [Field(3)] public partial ApiList<string> Resources { get; set; }

    /// <summary>The only names that the rule is about; none: all.</summary>
    [Field(4)] public partial ApiList<string> ResourceNames { get; set; }
}

/// <summary>Verbs that are allowed on paths.</summary>
public sealed partial class NonResourceRule : ApiType
{
    /// <summary>The HTTP methods in lower case; * for all.</summary>
    [Field(1), Required]
    public partial ApiList<string> Verbs { get; set; }

    /// <summary>The paths; a * at the end stands for everything below.</summary>
    [Field(2)] public partial ApiList<string> NonResourceURLs { get; set; }
}
