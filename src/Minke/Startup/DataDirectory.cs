namespace Minke.Startup;

/// <summary>Makes the directories of an instance.</summary>
internal static class DataDirectory
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // Containers of any user reach their volumes and logs through it, but nobody else lists it.
    private const UnixFileMode OthersPass = OwnerOnly | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Makes what is missing and marks the directory as Minke's.</summary>
    /// <exception cref="StartException">It cannot be written.</exception>
    public static void Prepare(Instance instance)
    {
        try
        {
            Directory.CreateDirectory(instance.DataDirectory, OthersPass);
            DataFormat.Mark(instance.DataDirectory);
            Directory.CreateDirectory(instance.LogDirectory, OwnerOnly);
            Directory.CreateDirectory(instance.RunDirectory, OthersPass);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"the data directory {instance.DataDirectory} cannot be written: {exception.Message}", exception);
        }
    }
}
