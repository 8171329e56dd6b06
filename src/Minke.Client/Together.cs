namespace Minke.Client;

/// <summary>Runs the parts of a component side by side, so that the failure of one is not hidden behind the others, which would run on without it.</summary>
public static class Together
{
    /// <summary>Ends when every part has ended. When one fails, the others are cancelled.</summary>
    /// <exception cref="Exception">What the first part to fail threw.</exception>
    public static async Task RunAsync(CancellationToken cancellationToken, params IEnumerable<Func<CancellationToken, Task>> parts)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAll(parts.Select(part => RunPartAsync(part, stop)));
    }

    private static async Task RunPartAsync(Func<CancellationToken, Task> part, CancellationTokenSource stop)
    {
        try
        {
            await part(stop.Token);
        }
        catch
        {
            stop.Cancel();
            throw;
        }
    }
}
