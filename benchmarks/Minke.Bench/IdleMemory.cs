namespace Minke.Benchmarks;

/// <summary>Resident memory of the Minke process on a node without pods, when it has settled.</summary>
internal static class IdleMemory
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(20);

    public static async Task<Figure> RunAsync(string binary, CancellationToken cancellationToken)
    {
        await using var instance = new BenchInstance(binary);
        await instance.UpAsync(cancellationToken);
        await Task.Delay(Settling, TimeProvider.System, cancellationToken);
        var status = await instance.StatusAsync(cancellationToken);
        var containerd = new Figure("containerd-memory", status.GetProperty("containerd").GetProperty("memoryBytes").GetInt64() / 1e6, "MB");
        Console.WriteLine(containerd);
        return new Figure("idle-memory", status.GetProperty("memoryBytes").GetInt64() / 1e6, "MB");
    }
}
