namespace Minke.Api.Authentication;

/// <summary>Asks the server who it takes the client for; <c>kubectl auth whoami</c>.</summary>
[Kind("selfsubjectreviews", Namespaced = false, Verbs = ["create"])]
public sealed partial class SelfSubjectReview : ApiObject
{
    /// <summary>The server's answer.</summary>
    [Field(2)] public partial SelfSubjectReviewStatus Status { get; set; }
}

/// <summary>Who the client is.</summary>
public sealed partial class SelfSubjectReviewStatus : ApiType
{
    /// <summary>The user that the client's proof names.</summary>
    [Field(1)] public partial UserInfo UserInfo { get; set; }
}

/// <summary>A user as authentication found it.</summary>
public sealed partial class UserInfo : ApiType
{
    /// <summary>The name that is unique among all users.</summary>
    [Field(1)] public partial string Username { get; set; }

    /// <summary>Tells users of the same name apart over time.</summary>
    [Field(2)] public partial string Uid { get; set; }

    /// <summary>The groups that the user is in.</summary>
    [Field(3)] public partial ApiList<string> Groups { get; set; }
}
