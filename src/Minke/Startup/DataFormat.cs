using System.Globalization;

namespace Minke.Startup;

/// <summary>
/// The version of the data directory's layout. A program reads its own version and migrates older ones; it refuses newer ones, since it would destroy what
/// it does not know. The file also marks a directory as Minke's, so that nothing else is ever purged.
/// </summary>
internal static class DataFormat
{
    public const int Current = 1;

    private const string FileName = "format";

    /// <summary>Whether the directory is one that Minke made.</summary>
    public static bool IsMarked(string dataDirectory) => File.Exists(Path.Combine(dataDirectory, FileName));

    /// <summary>Checks that this program can use the directory.</summary>
    /// <exception cref="StartException">The data are newer than the program, or damaged, or the directory holds something else.</exception>
    public static void Check(string dataDirectory)
    {
        if (!Directory.Exists(dataDirectory))
        {
            return;
        }

        if (!IsMarked(dataDirectory))
        {
            if (Directory.EnumerateFileSystemEntries(dataDirectory).Any())
            {
                throw new StartException($"{dataDirectory} has files in it that are not Minke's; choose an empty or new directory with --data-dir");
            }

            return;
        }

        var text = File.ReadAllText(Path.Combine(dataDirectory, FileName)).Trim();
        if (!int.TryParse(text, CultureInfo.InvariantCulture, out var version))
        {
            throw new StartException($"the data directory's version file {Path.Combine(dataDirectory, FileName)} is damaged; restore it from a backup");
        }

        if (version > Current)
        {
            throw new StartException(
                $"the data in {dataDirectory} have format {version}, this program knows formats up to {Current}; use the newer Minke that wrote them");
        }
    }

    /// <summary>Marks the directory as Minke's, of the current version.</summary>
    public static void Mark(string dataDirectory)
    {
        var file = Path.Combine(dataDirectory, FileName);
        File.WriteAllText(file + ".next", Current.ToString(CultureInfo.InvariantCulture) + "\n");
        File.Move(file + ".next", file, overwrite: true);
    }
}
