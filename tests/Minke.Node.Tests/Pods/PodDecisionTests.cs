using System.Collections.Immutable;
using Minke.Api.Core;
using Minke.Node.Pods;
using Cri = Minke.Node.Runtime.V1;

namespace Minke.Node.Tests.Pods;

/// <summary>The pure decision about a pod's next steps.</summary>
public sealed class PodDecisionTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly SandboxSnapshot s_sandbox = new() { Id = "s0", Attempt = 0, Ready = true, Addresses = ["10.0.0.2"] };

    [Fact]
    public void NewPod_DoesEverythingThatNeedsNothingElseAtOnce()
    {
        var plan = PodDecision.Decide(NewView(), s_now);
        Assert.Equal(["volumes", "sandbox", "image main"], plan.Actions.Select(static action => action.Key));
    }

    [Fact]
    public void ActionUnderWay_IsNotStartedAgain()
    {
        var view = NewView() with { Running = ["sandbox", "volumes"] };
        Assert.Equal(["image main"], PodDecision.Decide(view, s_now).Actions.Select(static action => action.Key));
    }

    [Fact]
    public void ReadySandboxVolumesAndImage_StartTheContainer()
    {
        var plan = PodDecision.Decide(Prepared(), s_now);
        Assert.Equal(("main", 0, 0), Assert.IsType<StartContainer>(Assert.Single(plan.Actions)) is var start ? (start.Container.Name, start.Attempt, start.BackoffLevel) : default);
    }

    [Fact]
    public void ContainerWithoutVolumes_WaitsForThem() =>
        Assert.DoesNotContain(PodDecision.Decide(Prepared() with { VolumesReady = false }, s_now).Actions, static action => action is StartContainer);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 10)]
    [InlineData(2, 20)]
    [InlineData(5, 160)]
    [InlineData(6, 300)]
    [InlineData(50, 300)]
    public void CrashedContainer_WaitsByItsLevel(int level, int seconds)
    {
        var view = Prepared() with { Runtime = WithContainer(Exited(1) with { BackoffLevel = level, FinishedAt = s_now }) };
        var plan = PodDecision.Decide(view, s_now);
        Assert.Equal(seconds == 0 ? null : s_now.AddSeconds(seconds), plan.WakeAt);
        Assert.Equal(seconds == 0, plan.Actions.Any(static action => action is StartContainer));
        var later = PodDecision.Decide(view, s_now.AddSeconds(seconds));
        Assert.Equal(level + 1, later.Actions.OfType<StartContainer>().Single().BackoffLevel);
    }

    [Theory]
    [InlineData("Always", 0, true)]
    [InlineData("Always", 1, true)]
    [InlineData("OnFailure", 0, false)]
    [InlineData("OnFailure", 1, true)]
    [InlineData("Never", 1, false)]
    public void EndedContainer_IsRestartedByPolicy(string policy, int code, bool restarted)
    {
        var view = Prepared() with { Runtime = WithContainer(Exited(code)) };
        view.Pod.Spec.RestartPolicy = policy;
        Assert.Equal(restarted, PodDecision.Decide(view, s_now).Actions.Any(static action => action is StartContainer));
    }

    [Fact]
    public void DeadSandbox_IsStoppedBeforeANewOneIsMade()
    {
        var dead = s_sandbox with { Ready = false };
        var view = Prepared() with { Runtime = PodRuntimeState.Empty.With(dead) };
        Assert.Equal([new StopSandbox("s0")], PodDecision.Decide(view, s_now).Actions);
        var stopped = view with { StoppedSandboxes = ["s0"] };
        Assert.Contains(new RunSandbox(1), PodDecision.Decide(stopped, s_now).Actions);
    }

    [Fact]
    public void SandboxThatDiedAfterTheWorkWasDone_IsNotReplaced()
    {
        var view = Prepared() with { Runtime = PodRuntimeState.Empty.With(s_sandbox with { Ready = false }).With(Exited(0)) };
        view.Pod.Spec.RestartPolicy = "OnFailure";
        Assert.DoesNotContain(PodDecision.Decide(view, s_now).Actions, static action => action is RunSandbox);
    }

    [Fact]
    public void DeletedPod_IsTakenDownStepByStep()
    {
        var view = Prepared() with { Runtime = WithContainer(Running()) };
        view.Pod.Metadata.DeletionTimestamp = s_now.AddSeconds(20);
        view.Pod.Metadata.DeletionGracePeriodSeconds = 30;
        var stop = Assert.IsType<StopContainer>(Assert.Single(PodDecision.Decide(view, s_now).Actions));
        Assert.Equal(TimeSpan.FromSeconds(20), stop.Grace);
        view = view with { Runtime = WithContainer(Exited(143)) };
        Assert.Equal([new StopSandbox("s0")], PodDecision.Decide(view, s_now).Actions);
        view = view with { StoppedSandboxes = ["s0"] };
        Assert.Equal([new RemoveSandbox("s0")], PodDecision.Decide(view, s_now).Actions);
        view = view with { Runtime = PodRuntimeState.Empty };
        Assert.Equal([new TearDown(Everything: true)], PodDecision.Decide(view, s_now).Actions);
        view = view with { TornDown = true };
        Assert.Equal([new DeleteObject()], PodDecision.Decide(view, s_now).Actions);
        var plan = PodDecision.Decide(view with { Gone = true }, s_now);
        Assert.True(plan.Finished);
        Assert.Empty(plan.Actions);
    }

    [Fact]
    public void PodThatIsGone_IsKilledWithoutGrace()
    {
        var view = Prepared() with { Gone = true, Runtime = WithContainer(Running()) };
        Assert.Equal(TimeSpan.Zero, Assert.IsType<StopContainer>(Assert.Single(PodDecision.Decide(view, s_now).Actions)).Grace);
    }

    [Fact]
    public void ChangedImage_ReplacesTheContainer()
    {
        var view = Prepared() with { Runtime = WithContainer(Running() with { Hash = "other" }) };
        Assert.Equal("c0", Assert.IsType<StopContainer>(Assert.Single(PodDecision.Decide(view, s_now).Actions)).Id);
    }

    [Fact]
    public void SupersededContainers_AreRemovedButForTheLast()
    {
        var state = WithContainer(Running() with { Attempt = 3, Id = "c3" });
        foreach (var attempt in Enumerable.Range(0, 3))
        {
            state = state.With(Exited(1) with { Attempt = attempt, Id = $"c{attempt}" });
        }

        Assert.Equal([new RemoveContainer("c1"), new RemoveContainer("c0")], PodDecision.Decide(Prepared() with { Runtime = state }, s_now).Actions);
    }

    /// <summary>For any state: the decision is a function, names no action twice, starts nothing for a pod that ends, and ends in nothing.</summary>
    [Fact]
    public void AnyView_GivesASoundPlan()
    {
        for (var seed = 0; seed < 5000; seed++)
        {
            var view = RandomView(new Random(seed));
            var plan = PodDecision.Decide(view, s_now);
            var again = PodDecision.Decide(view, s_now);
            Assert.Equal(plan.Actions, again.Actions);
            Assert.Equal(plan.Actions.Count, plan.Actions.Select(static action => action.Key).Distinct().Count());
            Assert.DoesNotContain(plan.Actions, action => view.Running.Contains(action.Key));
            Assert.True(plan.WakeAt is null || plan.WakeAt > s_now, $"seed {seed}: wakes in the past");
            if (view.IsEnding || view.Failure is not null)
            {
                Assert.DoesNotContain(plan.Actions, static action => action is RunSandbox or StartContainer or ResolveImage or PrepareVolumes);
            }

            foreach (var start in plan.Actions.OfType<StartContainer>())
            {
                Assert.True(view.VolumesReady && view.Runtime.Sandbox is { Ready: true }, $"seed {seed}: starts too early");
                Assert.DoesNotContain(view.Runtime.Containers, container => container.Name == start.Container.Name && container.SandboxId == start.SandboxId && container.IsActive);
                Assert.All(view.Runtime.Containers.Where(container => container.Name == start.Container.Name), container => Assert.True(container.Attempt < start.Attempt));
            }
        }
    }

    private static PodView RandomView(Random random)
    {
        var pod = SimNode.NewPod("random");
        pod.Metadata.Uid = "uid";
        pod.Spec.RestartPolicy = new[] { "Always", "OnFailure", "Never" }[random.Next(3)];
        pod.Spec.Containers.Add(SimNode.NewContainer("side"));
        pod.Spec.InitContainers = [SimNode.NewContainer("init"), SimNode.NewContainer("proxy")];
        pod.Spec.InitContainers[1].RestartPolicy = random.Next(2) == 0 ? "Always" : null;
        if (random.Next(4) == 0)
        {
            pod.Metadata.DeletionTimestamp = s_now.AddSeconds(random.Next(-10, 60));
            pod.Metadata.DeletionGracePeriodSeconds = 30;
        }

        var state = PodRuntimeState.Empty;
        for (var i = 0; i < random.Next(3); i++)
        {
            state = state.With(s_sandbox with { Id = $"s{i}", Attempt = i, Ready = random.Next(3) > 0 });
        }

        var images = ImmutableDictionary<string, Cri.Image>.Empty;
        foreach (var container in pod.AllContainers)
        {
            var count = state.Sandbox is null ? 0 : random.Next(3);
            for (var i = 0; i < count; i++)
            {
                state = state.With(Running() with
                {
                    Id = $"{container.Name}{i}",
                    Name = container.Name,
                    Attempt = i,
                    SandboxId = state.Sandbox!.Id,
                    // One follows another only after that has ended.
                    State = i == count - 1 ? (ContainerRunState)random.Next(4) : ContainerRunState.Exited,
                    ExitCode = random.Next(2),
                    BackoffLevel = random.Next(4),
                    Hash = "",
                    FinishedAt = s_now.AddSeconds(-random.Next(60)),
                });
            }

            images = random.Next(2) == 0 ? images.SetItem(container.Name, new Cri.Image()) : images;
        }

        return new PodView
        {
            Pod = pod,
            Gone = random.Next(8) == 0,
            Failure = random.Next(8) == 0 ? new PodFailure("Evicted", "") : null,
            Runtime = state,
            Images = images,
            VolumesReady = random.Next(4) > 0,
            StoppedSandboxes = [.. state.Sandboxes.Where(_ => random.Next(2) == 0).Select(static sandbox => sandbox.Id)],
            TornDown = random.Next(2) == 0,
            Running = random.Next(3) == 0 ? ["sandbox", "start main"] : [],
            StartTime = s_now,
        };
    }

    private static PodView NewView() => new() { Pod = SimNode.NewPod("web"), StartTime = s_now };

    private static PodView Prepared() => NewView() with
    {
        Runtime = PodRuntimeState.Empty.With(s_sandbox),
        VolumesReady = true,
        Images = ImmutableDictionary<string, Cri.Image>.Empty.Add("main", new Cri.Image()),
    };

    private static PodRuntimeState WithContainer(ContainerSnapshot container) => PodRuntimeState.Empty.With(s_sandbox).With(container);

    private static ContainerSnapshot Running() => new()
    {
        Id = "c0",
        SandboxId = "s0",
        Name = "main",
        Attempt = 0,
        State = ContainerRunState.Running,
        StartedAt = s_now.AddMinutes(-1),
    };

    private static ContainerSnapshot Exited(int code) => Running() with { State = ContainerRunState.Exited, ExitCode = code, FinishedAt = s_now.AddSeconds(-1) };
}
