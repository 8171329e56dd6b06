using System.Runtime.InteropServices;
using Minke.Benchmarks;

// Minke.Bench                      lists the benchmarks
// Minke.Bench NAME MINKE-BINARY    runs one; the last line is "NAME value unit"
IReadOnlyDictionary<string, (string What, Func<string, CancellationToken, Task<Figure>> Run)> benchmarks =
    new Dictionary<string, (string, Func<string, CancellationToken, Task<Figure>>)>
    {
        ["up-to-ready"] = ("second 'minke up' until the node is ready, median of 5", UpToReady.RunAsync),
        ["pod-start"] = ("pod created until a watch sees it running, median of 20; also cri-floor and the ratio", PodStart.RunAsync),
        ["cri-floor"] = ("the same container runtime calls made directly, median of 20", CriFloor.RunAloneAsync),
        ["api-create"] = ("durable creates per second of 64 writers over HTTPS; also in process and by the store alone", ApiCreate.RunAsync),
        ["idle-memory"] = ("Minke's resident memory on an idle node", IdleMemory.RunAsync),
    };

if (args.Length == 0)
{
    foreach (var (name, benchmark) in benchmarks)
    {
        Console.WriteLine($"{name,-12} {benchmark.What}");
    }

    return 0;
}

if (args.Length != 2 || !benchmarks.TryGetValue(args[0], out var chosen))
{
    Console.Error.WriteLine($"there is no benchmark '{args[0]}'; the benchmarks are {string.Join(", ", benchmarks.Keys)}");
    return 2;
}

// Interrupted, a benchmark still removes its instance.
using var interrupted = new CancellationTokenSource();
using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
var figure = await chosen.Run(args[1], interrupted.Token);
Console.WriteLine(figure);
return 0;

void Interrupt(PosixSignalContext signal)
{
    signal.Cancel = true;
    interrupted.Cancel();
}
