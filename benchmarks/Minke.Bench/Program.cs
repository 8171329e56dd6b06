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

using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    interrupted.Cancel();
};
var figure = await chosen.Run(args[1], interrupted.Token);
Console.WriteLine(figure);
return 0;
