using Minke.Api.Core;
using Xunit;

namespace Minke.Api.Tests.Validation;

public sealed class PodDefaultsTests
{
    [Fact]
    public void SmallPod_GetsTheDefaultsOfKubernetes()
    {
        var pod = Checked.Complete<Pod>("{'spec':{'containers':[{'name':'a','image':'nginx','ports':[{'containerPort':80}]}]}}");

        Assert.Equal("Always", pod.Spec.RestartPolicy);
        Assert.Equal("ClusterFirst", pod.Spec.DnsPolicy);
        Assert.Equal("default-scheduler", pod.Spec.SchedulerName);
        Assert.Equal(30, pod.Spec.TerminationGracePeriodSeconds);
        Assert.True(pod.Spec.EnableServiceLinks);
        Assert.NotNull(pod.Spec.SecurityContext);
        var container = Assert.Single(pod.Spec.Containers);
        Assert.Equal("Always", container.ImagePullPolicy);
        Assert.Equal("/dev/termination-log", container.TerminationMessagePath);
        Assert.Equal("File", container.TerminationMessagePolicy);
        Assert.Equal("TCP", Assert.Single(container.Ports).Protocol);
    }

    [Theory]
    [InlineData("nginx", "Always")]
    [InlineData("nginx:latest", "Always")]
    [InlineData("nginx:1.27", "IfNotPresent")]
    [InlineData("registry:5000/nginx", "Always")]
    [InlineData("registry:5000/nginx:1", "IfNotPresent")]
    [InlineData("nginx@sha256:0123", "IfNotPresent")]
    [InlineData("nginx:latest@sha256:0123", "Always")]
    [InlineData("", "IfNotPresent")]
    public void PullPolicy_FollowsTheTag(string image, string expected)
    {
        var pod = Checked.Complete<Pod>($"{{'spec':{{'containers':[{{'name':'a','image':'{image}'}}]}}}}");

        Assert.Equal(expected, pod.Spec.Containers[0].ImagePullPolicy);
    }

    [Fact]
    public void Requests_FollowLimits()
    {
        var pod = Checked.Complete<Pod>(
            "{'spec':{'containers':[{'name':'a','image':'i','resources':{'limits':{'cpu':'1','memory':'1Gi'},'requests':{'cpu':'500m'}}}]}}");

        Assert.Equal("500m", pod.Spec.Containers[0].Resources.Requests["cpu"].ToString());
        Assert.Equal("1Gi", pod.Spec.Containers[0].Resources.Requests["memory"].ToString());
    }

    [Fact]
    public void FinerThanAThousandth_IsRoundedUp()
    {
        var pod = Checked.Complete<Pod>("{'spec':{'containers':[{'name':'a','image':'i','resources':{'requests':{'cpu':'100u'}}}]}}");

        Assert.Equal("1m", pod.Spec.Containers[0].Resources.Requests["cpu"].ToString());
    }

    [Fact]
    public void HostNetwork_UsesThePortsOfTheHost()
    {
        var pod = Checked.Complete<Pod>("{'spec':{'hostNetwork':true,'containers':[{'name':'a','image':'i','ports':[{'containerPort':80}]}]}}");

        Assert.Equal(80, pod.Spec.Containers[0].Ports[0].HostPort);
    }

    [Fact]
    public void Probe_GetsItsNumbers()
    {
        var pod = Checked.Complete<Pod>("{'spec':{'containers':[{'name':'a','image':'i','livenessProbe':{'httpGet':{'port':80}}}]}}");

        var probe = pod.Spec.Containers[0].LivenessProbe!;
        Assert.Equal((1, 10, 1, 3), (probe.TimeoutSeconds, probe.PeriodSeconds, probe.SuccessThreshold, probe.FailureThreshold));
        Assert.Equal(("/", "HTTP"), (probe.Handler.HttpGet!.Path, probe.Handler.HttpGet.Scheme));
    }

    [Fact]
    public void Volumes_GetTheirModesAndTypes()
    {
        var pod = Checked.Complete<Pod>("""
            {'spec':{'containers':[{'name':'a','image':'i'}],'volumes':[
              {'name':'none'},{'name':'host','hostPath':{'path':'/x'}},{'name':'secret','secret':{'secretName':'s'}},{'name':'map','configMap':{'name':'m'}},
              {'name':'all','projected':{'sources':[{'serviceAccountToken':{'path':'t'}},{'downwardAPI':{'items':[{'path':'l','fieldRef':{'fieldPath':'metadata.labels'}}]}}]}}]}}
            """);

        var volumes = pod.Spec.Volumes;
        Assert.NotNull(volumes[0].Source.EmptyDir);
        Assert.Equal("", volumes[1].Source.HostPath!.Type);
        Assert.Equal(420, volumes[2].Source.Secret!.DefaultMode);
        Assert.Equal(420, volumes[3].Source.ConfigMap!.DefaultMode);
        Assert.Equal(420, volumes[4].Source.Projected!.DefaultMode);
        Assert.Equal(3600, volumes[4].Source.Projected!.Sources[0].ServiceAccountToken!.ExpirationSeconds);
        Assert.Equal("v1", volumes[4].Source.Projected!.Sources[1].DownwardAPI!.Items[0].FieldRef!.ApiVersion);
    }

    [Fact]
    public void DefaultsOfDefaults_ChangeNothing()
    {
        var pod = Checked.Complete<Pod>("{'spec':{'containers':[{'name':'a','image':'i','readinessProbe':{'tcpSocket':{'port':1}}}],'volumes':[{'name':'v'}]}}");
        var once = Checked.Json(pod);

        pod.Info.Default!(pod);

        Assert.Equal(once, Checked.Json(pod));
    }

    [Fact]
    public void ReplicationController_TakesSelectorAndLabelsFromItsTemplate()
    {
        var controller = Checked.Complete<ReplicationController>(
            "{'spec':{'template':{'metadata':{'labels':{'app':'x'}},'spec':{'containers':[{'name':'a','image':'i','resources':{'limits':{'cpu':'1'}}}]}}}}");

        Assert.Equal(1, controller.Spec.Replicas);
        Assert.Equal("x", controller.Spec.Selector["app"]);
        Assert.Equal("x", controller.Metadata.Labels["app"]);
        Assert.Equal("Always", controller.Spec.Template!.Spec.RestartPolicy);
        Assert.Null(controller.Spec.Template.Spec.EnableServiceLinks);
        Assert.Empty(controller.Spec.Template.Spec.Containers[0].Resources.Requests);
    }

    [Fact]
    public void StringData_BecomesDataAndIsForgotten()
    {
        var secret = Checked.Complete<Secret>("{'data':{'a':'b2xk','b':'b2xk'},'stringData':{'a':'new'}}");

        Assert.Equal("Opaque", secret.Type);
        Assert.Equal("new"u8.ToArray(), secret.Data["a"].ToArray());
        Assert.Equal("old"u8.ToArray(), secret.Data["b"].ToArray());
        Assert.Empty(secret.StringData);
    }

    [Fact]
    public void Namespace_IsLabelledWithItsName()
    {
        var item = Checked.Complete<Namespace>("{'metadata':{'name':'n'}}");

        Assert.Equal("n", item.Metadata.Labels["kubernetes.io/metadata.name"]);
        Assert.Equal("Active", item.Status.Phase);
    }
}
