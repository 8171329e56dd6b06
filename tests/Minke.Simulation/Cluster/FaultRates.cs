namespace Minke.Simulation.Cluster;

/// <summary>What goes wrong between a component and the API, as probabilities per call or per watched event.</summary>
public sealed class FaultRates
{
    /// <summary>The call never arrives.</summary>
    public double LostCalls { get; set; }

    /// <summary>The call is carried out, but its answer does not arrive.</summary>
    public double LostAnswers { get; set; }

    /// <summary>The watch breaks before the event.</summary>
    public double BrokenWatches { get; set; }

    /// <summary>A call to a machine's container runtime fails without having done anything.</summary>
    public double FailedRuntimeCalls { get; set; }

    /// <summary>A call takes up to this time.</summary>
    public TimeSpan Latency { get; set; } = TimeSpan.FromMilliseconds(3);

    public void Stop()
    {
        LostCalls = 0;
        LostAnswers = 0;
        BrokenWatches = 0;
        FailedRuntimeCalls = 0;
    }
}
