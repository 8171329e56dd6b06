namespace Minke.Benchmarks;

/// <summary>How long a user waits for the second and later <c>minke up</c>: nothing to install, to build or to import.</summary>
internal static class UpToReady
{
    private const int Rounds = 5;

    public static async Task<Figure> RunAsync(string binary, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        await using var instance = new BenchInstance(binary);
        await instance.UpAsync(cancellationToken);
        var samples = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            await instance.DownAsync(cancellationToken);
            var start = time.GetTimestamp();
            await instance.UpAsync(cancellationToken);
            samples.Add(time.GetElapsedTime(start).TotalSeconds);
        }

        return new Figure("up-to-ready", Figure.Median(samples), "s");
    }
}
