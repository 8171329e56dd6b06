namespace Minke.EndToEnd;

/// <summary>Images come in without a registry.</summary>
public sealed class ImageTests(Cluster cluster)
{
    [Fact]
    public async Task DockerArchive_IsLoadedAndRun()
    {
        var instance = cluster.Get();
        var ns = await instance.NamespaceAsync("image");
        var work = Path.Combine(instance.DataDir, "archive-" + ns);
        (await Shell.BashAsync(
            $$$"""
            set -e
            mkdir -p {{{work}}}/root/bin && cd {{{work}}} && cp /bin/busybox root/bin/sh
            tar -C root -cf layer.tar .
            digest=$(sha256sum < layer.tar | cut -d' ' -f1)
            echo '{"architecture":"amd64","os":"linux","config":{"Cmd":["/bin/sh","-c","echo loaded"]},"rootfs":{"type":"layers","diff_ids":["sha256:'$digest'"]}}' > config.json
            echo '[{"Config":"config.json","RepoTags":["example.test/loaded:1"],"Layers":["layer.tar"]}]' > manifest.json
            tar -cf archive.tar config.json layer.tar manifest.json
            """)).Succeeded();

        (await instance.MinkeAsync("image", "load", Path.Combine(work, "archive.tar"))).Succeeded();
        await instance.Kubectl.OkAsync("run", "loaded", "-n", ns, "--image=example.test/loaded:1", "--restart=Never");

        await instance.Kubectl.WaitAsync(ns, "pod", "loaded", p => Kubectl.Phase(p) == "Succeeded", "succeeded");
        Assert.Equal("loaded", await instance.Kubectl.OkAsync("logs", "-n", ns, "loaded"));
    }

    [Fact]
    public async Task BrokenArchive_IsRefusedWithASentence()
    {
        var instance = cluster.Get();
        var file = Path.Combine(instance.DataDir, "broken.tar");
        await File.WriteAllTextAsync(file, "not an archive", TestContext.Current.CancellationToken);

        var output = (await instance.MinkeAsync("image", "load", file)).Failed();

        Assert.Contains("broken.tar", output.Err, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output.Err, StringComparison.Ordinal);
    }
}
