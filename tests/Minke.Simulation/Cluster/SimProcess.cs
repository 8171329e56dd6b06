using Minke.Client;

namespace Minke.Simulation.Cluster;

/// <summary>A component that can crash at any await and be started again with nothing but what the API and the machine remember.</summary>
public sealed class SimProcess(string name, Func<ProcessClient> connect, Func<IObjectClient, CancellationToken, Task> run)
{
    private CancellationTokenSource? _stop;
    private ProcessClient? _client;
    private Task _running = Task.CompletedTask;

    public string Name => name;

    public bool IsRunning => _stop is not null;

    public void Start()
    {
        if (_stop is null)
        {
            _stop = new CancellationTokenSource();
            _client = connect();
            _running = RunAsync(_client, _stop.Token);
        }
    }

    /// <summary>Ends the component where it stands; what it had under way does not reach the API any more.</summary>
    public async Task CrashAsync()
    {
        if (_stop is { } stop)
        {
            _stop = null;
            _client!.Kill();
            stop.Cancel();
            await _running;
        }
    }

    private async Task RunAsync(ProcessClient client, CancellationToken cancellationToken)
    {
        try
        {
            await run(client, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }

        if (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException($"{name} ended by itself");
        }
    }
}
