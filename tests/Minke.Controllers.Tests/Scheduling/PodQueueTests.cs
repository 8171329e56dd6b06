using Minke.Scheduler;
using Minke.Testing.Simulation;
using Xunit;

namespace Minke.Controllers.Tests.Scheduling;

public sealed class PodQueueTests
{
    private readonly SimTime _time = new();
    private readonly PodQueue _queue;

    public PodQueueTests() => _queue = new PodQueue(_time);

    [Fact]
    public void HigherPriority_GoesFirst_ThenTheOlder()
    {
        _queue.Set(Model("old"), specChanged: false);
        _queue.Set(Model("young"), specChanged: false);
        _queue.Set(Model("important", priority: 10), specChanged: false);

        Assert.Equal(["important", "old", "young"], TakeAll());
    }

    [Fact]
    public void ParkedPod_WaitsForAChangeThatCanHelp()
    {
        Park("p", ClusterChange.NodeLabels);
        _time.Advance(TimeSpan.FromSeconds(30));

        _queue.Wake(ClusterChange.PodRemoved);
        Assert.Empty(TakeAll());
        _queue.Wake(ClusterChange.NodeLabels);
        Assert.Equal(["p"], TakeAll());
    }

    [Fact]
    public void WokenPod_WaitsOutItsBackoff()
    {
        Park("p", ClusterChange.PodRemoved);
        _queue.Wake(ClusterChange.PodRemoved);
        Assert.Empty(TakeAll());

        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromSeconds(1), _queue.NextDue);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(["p"], TakeAll());
    }

    [Fact]
    public void ParkedPod_IsLookedAtAgainAfterFiveMinutes()
    {
        Park("p", ClusterChange.None);

        _time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(["p"], TakeAll());
    }

    [Fact]
    public void RemovedPod_IsNotHandedOut()
    {
        _queue.Set(Model("p"), specChanged: false);
        _queue.Remove("uid-of-p");

        Assert.Empty(TakeAll());
        Assert.Equal(0, _queue.Count);
    }

    [Fact]
    public void TakenPod_IsNotHandedOutTwice()
    {
        _queue.Set(Model("p"), specChanged: false);
        Assert.NotNull(_queue.TryTake());
        _queue.Set(Model("p"), specChanged: true);

        Assert.Null(_queue.TryTake());
    }

    [Fact]
    public void ChangedSpec_MakesAParkedPodReadyAtOnce()
    {
        Park("p", ClusterChange.None);
        _queue.Set(Model("p"), specChanged: true);

        Assert.Equal(["p"], TakeAll());
    }

    private static PodModel Model(string name, int priority = 0)
    {
        var pod = Given.Pod(name);
        pod.Spec.Priority = priority;
        return new PodModel(pod);
    }

    private void Park(string name, ClusterChange wokenBy)
    {
        _queue.Set(Model(name), specChanged: false);
        _queue.TryTake();
        _queue.Park("uid-of-" + name, wokenBy);
    }

    private List<string> TakeAll()
    {
        List<string> names = [];
        while (_queue.TryTake() is { } pod)
        {
            names.Add(pod.Key.Name);
        }

        return names;
    }
}
