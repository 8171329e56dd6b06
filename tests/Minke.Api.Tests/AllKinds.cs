using Minke.Api;

namespace Minke.Api.Tests;

/// <summary>Every kind, as theory data.</summary>
public sealed class AllKinds : TheoryData<string, string>
{
    public AllKinds()
    {
        foreach (var kind in Kinds.All)
        {
            Add(kind.ApiVersion, kind.Kind);
        }
    }
}
