using System.Runtime.CompilerServices;

namespace Minke.Simulation.Repository;

/// <summary>The repository that these tests were built from.</summary>
internal static class RepositoryFiles
{
    public static string Root { get; } = FindRoot();

    /// <summary>Files below a folder, without what builds leave behind; as paths relative to the root.</summary>
    public static IEnumerable<string> Under(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path))
            .Where(static path => !path.Split('/').Any(static part => part is "bin" or "obj" or "artifacts"))
            .Order(StringComparer.Ordinal);

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string FindRoot([CallerFilePath] string source = "")
    {
        foreach (var start in (string[])[AppContext.BaseDirectory, source])
        {
            for (var directory = Path.GetDirectoryName(start); directory is not null; directory = Path.GetDirectoryName(directory))
            {
                if (File.Exists(Path.Combine(directory, "Minke.slnx")))
                {
                    return directory;
                }
            }
        }

        throw new DirectoryNotFoundException("the tests do not lie in the repository");
    }
}
