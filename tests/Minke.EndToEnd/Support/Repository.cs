namespace Minke.EndToEnd;

/// <summary>Where the checkout under test is and what it needs from the machine.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Launcher => Path.Combine(Root, "minke");

    /// <summary>Client programs that the test set-up unpacks; see the <c>test</c> script.</summary>
    public static string Tools => Path.Combine(Root, "artifacts", "tools");

    public static bool CanRunPods => Environment.UserName == "root" && File.Exists("/usr/bin/containerd") && File.Exists("/usr/sbin/runc");

    private static string FindRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "Minke.slnx")))
            {
                return directory.FullName;
            }
        }

        throw new InvalidOperationException($"no Minke.slnx above {AppContext.BaseDirectory}");
    }
}
