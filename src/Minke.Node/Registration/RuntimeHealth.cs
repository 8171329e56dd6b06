namespace Minke.Node.Registration;

/// <summary>Whether pods can be run.</summary>
/// <param name="RuntimeVersion">As nodes report it, for example <c>containerd://1.6.20</c>; empty when the runtime does not answer.</param>
/// <param name="Message">What is missing; empty when ready.</param>
internal sealed record RuntimeHealth(bool IsReady, string RuntimeVersion, string Message)
{
    public static RuntimeHealth Unreachable(string why) => new(false, "", $"the container runtime does not answer: {why}");

    public static RuntimeHealth Of(Cri.VersionResponse version, Cri.RuntimeStatus status)
    {
        var missing = new List<string>();
        foreach (var type in (ReadOnlySpan<string>)["RuntimeReady", "NetworkReady"])
        {
            var condition = status.Conditions.FirstOrDefault(condition => condition.Type == type);
            if (condition is not { Status: true })
            {
                missing.Add($"container runtime {(type == "NetworkReady" ? "network " : "")}not ready: {type}=false reason:{condition?.Reason} message:{condition?.Message}");
            }
        }

        return new RuntimeHealth(missing.Count == 0, $"{version.RuntimeName}://{version.RuntimeVersion}", string.Join("; ", missing));
    }
}
