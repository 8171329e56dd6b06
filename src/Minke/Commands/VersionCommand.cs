using System.CommandLine;
using System.Reflection;

namespace Minke.Commands;

/// <summary><c>minke version</c></summary>
internal static class VersionCommand
{
    public static string Version =>
        typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    public static Command Create()
    {
        var command = new Command("version", "Print the version");
        command.SetAction(_ => Console.Out.WriteLine($"minke {Version}"));
        return command;
    }
}
