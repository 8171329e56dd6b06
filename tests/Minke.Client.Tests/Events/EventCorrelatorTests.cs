using Minke.Api.Core;
using Minke.Testing.Simulation;
using Xunit;

namespace Minke.Client.Tests.Events;

public sealed class EventCorrelatorTests
{
    private readonly SimTime _time = new();
    private readonly EventCorrelator _correlator;

    public EventCorrelatorTests() => _correlator = new EventCorrelator(_time);

    [Fact]
    public void Repetition_RaisesTheCountOfOneEvent()
    {
        var first = Tell("Pulled", "image is there")!;
        _time.Advance(TimeSpan.FromSeconds(3));
        var second = Tell("Pulled", "image is there")!;

        Assert.True(first.IsNew);
        Assert.False(second.IsNew);
        Assert.Equal(first.Name, second.Name);
        Assert.Equal(2, second.Count);
        Assert.Equal(first.First, second.First);
        Assert.Equal(TimeSpan.FromSeconds(3), second.Last - second.First);
    }

    [Fact]
    public void ManySimilarMessages_BecomeOneCombinedEvent()
    {
        for (var i = 0; i < 9; i++)
        {
            Assert.True(Tell("Failed", "attempt " + i)!.IsNew);
        }

        var combined = Tell("Failed", "attempt 9")!;
        var next = Tell("Failed", "attempt 10")!;

        Assert.StartsWith("(combined from similar events): ", combined.Message, StringComparison.Ordinal);
        Assert.Equal(combined.Name, next.Name);
        Assert.Equal(2, next.Count);
    }

    [Fact]
    public void TalkativeTarget_IsSilencedForAWhile()
    {
        for (var i = 0; i < 25; i++)
        {
            Assert.NotNull(Tell("Noise", "again"));
        }

        Assert.Null(Tell("Noise", "again"));
        Assert.NotNull(Tell("Noise", "again", target: "other"));

        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.NotNull(Tell("Noise", "again"));
    }

    [Fact]
    public void EventsOfOneMoment_HaveDifferentNames() => Assert.NotEqual(Tell("A", "x")!.Name, Tell("B", "x")!.Name);

    private CorrelatedEvent? Tell(string reason, string message, string target = "web-1") => _correlator.Correlate(
        new Occurrence(new ObjectReference { Kind = "Pod", Namespace = "default", Name = target, Uid = "uid-of-" + target }, "Normal", reason, message));
}
