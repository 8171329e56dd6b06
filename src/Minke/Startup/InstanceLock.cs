using Minke.Host;

namespace Minke.Startup;

/// <summary>
/// Makes sure that at most one Minke runs on a data directory. The lock is the kernel's (flock(2)), so it is free again however its holder ended; the process
/// file beside it only tells who the holder is.
/// </summary>
internal sealed class InstanceLock : IDisposable
{
    private readonly Instance _instance;
    private readonly FileStream _file;

    private InstanceLock(Instance instance, FileStream file)
    {
        _instance = instance;
        _file = file;
    }

    /// <summary>The Minke that runs on the instance's data directory, or null.</summary>
    public static ProcessIdentity? FindHolder(Instance instance) => ProcessIdentity.ReadLiving(instance.ProcessFile);

    /// <exception cref="StartException">Another Minke holds it.</exception>
    public static InstanceLock Take(Instance instance)
    {
        Directory.CreateDirectory(instance.RunDirectory);
        try
        {
            var file = new FileStream(instance.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            ProcessIdentity.Of(Environment.ProcessId)?.WriteTo(instance.ProcessFile);
            return new InstanceLock(instance, file);
        }
        catch (IOException exception)
        {
            throw new StartException($"another Minke is being started or runs on {instance.DataDirectory}; see 'minke status'", exception);
        }
    }

    public void Dispose()
    {
        File.Delete(_instance.ProcessFile);
        _file.Dispose();
    }
}
