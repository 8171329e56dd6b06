using System.Text;
using Minke.Store;

namespace Minke.Benchmarks.Store;

/// <summary>
/// The store's part of <c>api-create</c>: a number of writers, each creating one new key after the other and waiting until it is durable. The
/// value is the size of a small pod's JSON. The same input every time.
/// </summary>
public sealed class CreateWorkload(IStore store, int writers, TimeProvider time)
{
    private readonly byte[] _value = Encoding.ASCII.GetBytes(new string('v', 1400));

    /// <summary>Creates <paramref name="count"/> keys under <c>/bench/</c><paramref name="round"/><c>/</c> and tells durable creates per second.</summary>
    public async Task<CreateFigures> RunAsync(string round, int count, CancellationToken cancellationToken)
    {
        var latencies = new double[count];
        var allocatedBefore = GC.GetTotalAllocatedBytes(precise: true);
        var start = time.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => WriteAsync(round, writer, count, latencies, cancellationToken)));
        var seconds = time.GetElapsedTime(start).TotalSeconds;
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - allocatedBefore;
        Array.Sort(latencies);
        return new CreateFigures(count / seconds, latencies[count / 2], latencies[(int)(count * 0.99)], allocated / count);
    }

    private async Task WriteAsync(string round, int writer, int count, double[] latencies, CancellationToken cancellationToken)
    {
        // Leaves the caller's thread, so that all writers start together.
        await Task.Yield();
        for (var i = writer; i < count; i += writers)
        {
            var start = time.GetTimestamp();
            var result = await store.WriteAsync(StoreWrite.Create($"/bench/{round}/{i:d8}", _value), cancellationToken);
            latencies[i] = time.GetElapsedTime(start).TotalMilliseconds;
            if (result.Outcome != WriteOutcome.Committed)
            {
                throw new InvalidOperationException($"create {i} was answered with {result.Outcome}");
            }
        }
    }
}

/// <param name="PerSecond">Durable creates per second.</param>
/// <param name="MedianMs">Median time of one create.</param>
/// <param name="P99Ms">99th percentile of the time of one create.</param>
/// <param name="BytesAllocated">Managed memory allocated per create, the workload's own part included.</param>
public readonly record struct CreateFigures(double PerSecond, double MedianMs, double P99Ms, long BytesAllocated);
