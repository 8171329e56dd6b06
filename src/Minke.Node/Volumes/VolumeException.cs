namespace Minke.Node.Volumes;

/// <summary>A volume cannot be prepared; the message is for the pod's author.</summary>
/// <param name="permanent">No later try can succeed: this kind of volume is not supported.</param>
public sealed class VolumeException(string message, bool permanent = false, Exception? inner = null) : Exception(message, inner)
{
    public bool IsPermanent => permanent;
}
