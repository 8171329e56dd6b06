using System.CommandLine;
using Minke.Startup;

namespace Minke.Commands;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    private const string DataDirectoryVariable = "MINKE_DATA_DIR";

    public static Option<string> DataDirectory() => new("--data-dir")
    {
        Description = $"Where everything is kept; names the instance (or set {DataDirectoryVariable})",
        HelpName = "DIR",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable(DataDirectoryVariable) is { Length: > 0 } directory
            ? directory
            : Instance.DefaultDataDirectory,
    };
}
