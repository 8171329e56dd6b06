using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Minke.Api;
using Minke.Api.Core;
using Minke.Api.Meta;
using Minke.ApiServer.Tables;

namespace Minke.ApiServer.Tests.Tables;

public sealed class PodTableTests
{
    private static readonly DateTimeOffset s_now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void RunningPod_ShowsReadyContainersAndAge()
    {
        var pod = NewPod("Running", Running(ready: true), Running(ready: false));
        pod.Metadata.CreationTimestamp = s_now.AddMinutes(-5);
        pod.Status.PodIPs = [new PodIP { Ip = "10.0.0.7" }];
        pod.Spec.NodeName = "n1";

        Assert.Equal(["p", "1/2", "Running", "0", "5m", "10.0.0.7", "n1", "<none>", "<none>"], CellsOf(pod));
    }

    [Fact]
    public void CrashingContainer_ShowsItsReasonAndRestarts()
    {
        var status = Waiting("CrashLoopBackOff");
        status.RestartCount = 3;
        status.LastState = new ContainerState { Terminated = new ContainerStateTerminated { ExitCode = 1, FinishedAt = s_now.AddSeconds(-5) } };

        var cells = CellsOf(NewPod("Running", status));

        Assert.Equal("CrashLoopBackOff", cells[2]);
        Assert.Equal("3 (5s ago)", cells[3]);
    }

    [Theory]
    [InlineData(0, 0, "Completed", "Completed")]
    [InlineData(137, 0, "OOMKilled", "OOMKilled")]
    [InlineData(2, 0, "", "ExitCode:2")]
    [InlineData(137, 9, "", "Signal:9")]
    public void EndedContainer_ShowsHowItEnded(int exitCode, int signal, string reason, string expected) =>
        Assert.Equal(expected, CellsOf(NewPod("Failed", Ended(exitCode, signal, reason)))[2]);

    [Fact]
    public void OneCompletedBesideOneRunning_IsNotReady() =>
        Assert.Equal("NotReady", CellsOf(NewPod("Running", Ended(0, 0, "Completed"), Running(ready: true)))[2]);

    [Fact]
    public void PodBeingDeleted_IsTerminating()
    {
        var pod = NewPod("Running", Running(ready: true));
        pod.Metadata.DeletionTimestamp = s_now;

        Assert.Equal("Terminating", CellsOf(pod)[2]);
    }

    [Fact]
    public void FinishedPodBeingDeleted_KeepsItsStatus()
    {
        var pod = NewPod("Succeeded", Ended(0, 0, "Completed"));
        pod.Metadata.DeletionTimestamp = s_now;

        Assert.Equal("Completed", CellsOf(pod)[2]);
    }

    [Theory]
    [InlineData("", "Init:1/2")]
    [InlineData("PodInitializing", "Init:1/2")]
    [InlineData("ImagePullBackOff", "Init:ImagePullBackOff")]
    public void InitContainers_ShowHowFarTheyAre(string waiting, string expected)
    {
        var pod = NewPod("Pending", Waiting("PodInitializing"));
        pod.Spec.InitContainers = [new Container { Name = "i0" }, new Container { Name = "i1" }];
        var second = Waiting(waiting);
        second.Name = "i1";
        var first = Ended(0, 0, "Completed");
        first.Name = "i0";
        pod.Status.InitContainerStatuses = [first, second];

        Assert.Equal(expected, CellsOf(pod)[2]);
    }

    [Fact]
    public void FailedInitContainer_ShowsItsExitCode()
    {
        var pod = NewPod("Pending", Waiting("PodInitializing"));
        pod.Spec.InitContainers = [new Container { Name = "i0" }];
        var failed = Ended(3, 0, "");
        failed.Name = "i0";
        pod.Status.InitContainerStatuses = [failed];

        Assert.Equal("Init:ExitCode:3", CellsOf(pod)[2]);
    }

    [Fact]
    public void GatedPod_SaysSo()
    {
        var pod = NewPod("Pending");
        pod.Status.Conditions = [new PodCondition { Type = "PodScheduled", Status = "False", Reason = "SchedulingGated" }];

        Assert.Equal("SchedulingGated", CellsOf(pod)[2]);
    }

    [Fact]
    public void EmptyPod_IsShownWithoutFailing() => Assert.Equal(9, CellsOf(new Pod()).Count);

    private static Pod NewPod(string phase, params ContainerStatus[] statuses)
    {
        var pod = new Pod { Metadata = new ObjectMeta { Name = "p" }, Status = new PodStatus { Phase = phase } };
        for (var i = 0; i < statuses.Length; i++)
        {
            statuses[i].Name = $"c{i}";
            pod.Spec.Containers.Add(new Container { Name = $"c{i}" });
            pod.Status.ContainerStatuses.Add(statuses[i]);
        }

        return pod;
    }

    private static ContainerStatus Running(bool ready) => new()
    {
        Ready = ready,
        State = new ContainerState { Running = new ContainerStateRunning { StartedAt = s_now } },
    };

    private static ContainerStatus Waiting(string reason) => new()
    {
        State = new ContainerState { Waiting = new ContainerStateWaiting { Reason = reason } },
    };

    private static ContainerStatus Ended(int exitCode, int signal, string reason) => new()
    {
        State = new ContainerState { Terminated = new ContainerStateTerminated { ExitCode = exitCode, Signal = signal, Reason = reason } },
    };

    private static List<string> CellsOf(Pod pod)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            TablePrinters.For(Kinds.Pod).WriteCells(new TableRow(json, s_now), pod);
            json.WriteEndArray();
        }

        return [.. JsonNode.Parse(buffer.WrittenSpan)!.AsArray().Select(c => c!.ToString())];
    }
}
