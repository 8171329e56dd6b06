using System.Globalization;
using Minke.Api.Core;
using Minke.Node.Pods;
using Minke.Node.Runtime;

namespace Minke.Node.Images;

/// <summary>An image is not here and cannot be had (now).</summary>
/// <param name="reason">As the container's waiting reason shows it, for example <c>ErrImagePull</c>.</param>
public sealed class ImageException(string reason, string message) : Exception(message)
{
    public string Reason { get; } = reason;
}

/// <summary>Makes sure that containers' images are on this node, by their pull policies (https://kubernetes.io/docs/concepts/containers/images/).</summary>
public sealed class ImagePuller(IContainerRuntime runtime, RegistryCredentials credentials, PodEvents events, TimeProvider time)
{
    /// <exception cref="ImageException">It is not here and cannot be had.</exception>
    public async Task<Cri.Image> EnsureAsync(Pod pod, Container container, CancellationToken cancellationToken)
    {
        var spec = new Cri.ImageSpec { Image = container.Image };
        var present = await FindAsync(spec, cancellationToken);
        var policy = PolicyOf(container);
        if (policy != "Always" && present is not null)
        {
            events.Normal(pod, container, "Pulled", $"Container image \"{container.Image}\" already present on machine");
            return present;
        }

        if (policy == "Never")
        {
            events.Warning(pod, container, "ErrImageNeverPull", $"Container image \"{container.Image}\" is not present with pull policy of Never");
            throw new ImageException("ErrImageNeverPull", $"Container image \"{container.Image}\" is not present with pull policy of Never");
        }

        return await PullAsync(pod, container, spec, cancellationToken);
    }

    /// <summary>An image of the local domain was made on this machine; no registry has it, so nothing is ever pulled for it.</summary>
    internal static string PolicyOf(Container container)
    {
        if (ImageReference.IsLocal(container.Image))
        {
            return "Never";
        }

        if (container.ImagePullPolicy.Length > 0)
        {
            return container.ImagePullPolicy;
        }

        var name = container.Image[(container.Image.LastIndexOf('/') + 1)..];
        var newest = !name.Contains('@') && (!name.Contains(':') || name.EndsWith(":latest", StringComparison.Ordinal));
        return newest ? "Always" : "IfNotPresent";
    }

    private async Task<Cri.Image?> FindAsync(Cri.ImageSpec spec, CancellationToken cancellationToken)
    {
        try
        {
            return await runtime.ImageStatusAsync(spec, cancellationToken);
        }
        catch (RuntimeException e)
        {
            var reason = e.Code == RuntimeErrorCode.InvalidArgument || e.Message.Contains("invalid reference", StringComparison.Ordinal) ? "InvalidImageName" : "ImageInspectError";
            throw new ImageException(reason, $"Failed to inspect image \"{spec.Image}\": {e.Message}");
        }
    }

    private async Task<Cri.Image> PullAsync(Pod pod, Container container, Cri.ImageSpec spec, CancellationToken cancellationToken)
    {
        events.Normal(pod, container, "Pulling", $"Pulling image \"{container.Image}\"");
        var started = time.GetTimestamp();
        try
        {
            var reference = await PullWithCredentialsAsync(pod, spec, cancellationToken);
            var image = await runtime.ImageStatusAsync(new Cri.ImageSpec { Image = reference }, cancellationToken)
                ?? throw new RuntimeException(RuntimeErrorCode.Failed, "PullImage", $"image {reference} is not there after its pull");
            var seconds = time.GetElapsedTime(started).TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
            events.Normal(pod, container, "Pulled", $"Successfully pulled image \"{container.Image}\" in {seconds}s. Image size: {image.Size} bytes.");
            return image;
        }
        catch (RuntimeException e)
        {
            events.Warning(pod, container, "Failed", $"Failed to pull image \"{container.Image}\": {e.Message}");
            events.Warning(pod, container, "Failed", "Error: ErrImagePull");
            throw new ImageException("ErrImagePull", e.Message);
        }
    }

    private async Task<string> PullWithCredentialsAsync(Pod pod, Cri.ImageSpec spec, CancellationToken cancellationToken)
    {
        RuntimeException? refused = null;
        foreach (var auth in await credentials.FindAsync(pod, spec.Image, cancellationToken))
        {
            try
            {
                return await runtime.PullImageAsync(spec, auth, null, cancellationToken);
            }
            catch (RuntimeException e)
            {
                refused = e;
            }
        }

        return refused is null ? await runtime.PullImageAsync(spec, null, null, cancellationToken) : throw refused;
    }
}
