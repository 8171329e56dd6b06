using Minke.Api.Core;
using Xunit;

namespace Minke.Api.Tests.Validation;

public sealed class PodValidationTests
{
    private const string Label =
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character "
        + "(e.g. 'my-name', or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

    [Theory]
    [InlineData("'containers':[{'name':'a','image':'i'}]")]
    [InlineData("'containers':[{'name':'a','image':'i'}],'initContainers':[{'name':'b','image':'i','restartPolicy':'Always','livenessProbe':{'exec':{'command':['x']}}}]")]
    [InlineData("'containers':[{'name':'a','image':'i','volumeMounts':[{'name':'v','mountPath':'/d','subPath':'a/b'}]}],'volumes':[{'name':'v','emptyDir':{}}]")]
    [InlineData("'containers':[{'name':'a','image':'i','env':[{'name':'odd name','valueFrom':{'fieldRef':{'fieldPath':'metadata.labels[\\'a\\']'}}}]}]")]
    [InlineData("'containers':[{'name':'a','image':'i','resources':{'limits':{'cpu':'1','example.com/gpu':'1'},'requests':{'cpu':'1','example.com/gpu':'1'}}}]")]
    [InlineData("'hostNetwork':true,'containers':[{'name':'a','image':'i','ports':[{'containerPort':80}]}]")]
    [InlineData("'containers':[{'name':'a','image':'i','ports':[{'containerPort':80},{'containerPort':80,'protocol':'UDP'}]}]")]
    [InlineData("'containers':[{'name':'a','image':'i'}],'tolerations':[{'operator':'Exists'},{'key':'k','value':'v','effect':'NoExecute','tolerationSeconds':1}]")]
    public void GoodPod_HasNoComplaints(string spec) => Assert.Empty(Checked.Create<Pod>(Manifest(spec)));

    [Theory]
    [InlineData("'containers':[]", "spec.containers: Required value")]
    [InlineData("'containers':[{'image':'i'}]", "spec.containers[0].name: Required value")]
    [InlineData("'containers':[{'name':'A','image':'i'}]", "spec.containers[0].name: Invalid value: \"A\": " + Label)]
    [InlineData("'containers':[{'name':'a'}]", "spec.containers[0].image: Required value")]
    [InlineData("'containers':[{'name':'a','image':' i'}]", "spec.containers[0].image: Invalid value: \" i\": must not have leading or trailing whitespace")]
    [InlineData("'containers':[{'name':'a','image':'i'},{'name':'a','image':'j'}]", "spec.containers[1].name: Duplicate value: \"a\"")]
    [InlineData("'containers':[{'name':'a','image':'i'}],'initContainers':[{'name':'a','image':'j'}]", "spec.initContainers[0].name: Duplicate value: \"a\"")]
    [InlineData(
        "'containers':[{'name':'a','image':'i','restartPolicy':'Always'}]",
        "spec.containers[0].restartPolicy: Forbidden: may not be set for non-init containers")]
    [InlineData(
        "'containers':[{'name':'a','image':'i'}],'initContainers':[{'name':'b','image':'i','readinessProbe':{'exec':{'command':['x']}}}]",
        "spec.initContainers[0].readinessProbe: Forbidden: may not be set for init containers without restartPolicy=Always")]
    [InlineData(
        "'containers':[{'name':'a','image':'i','imagePullPolicy':'Sometimes'}]",
        "spec.containers[0].imagePullPolicy: Unsupported value: \"Sometimes\": supported values: \"Always\", \"IfNotPresent\", \"Never\"")]
    public void Containers_AreChecked(string spec, string expected) => AssertOnly(spec, expected);

    [Theory]
    [InlineData("{'containerPort':0}", ".ports[0].containerPort: Required value")]
    [InlineData("{'containerPort':70000}", ".ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive")]
    [InlineData("{'containerPort':80,'hostPort':-1}", ".ports[0].hostPort: Invalid value: -1: must be between 1 and 65535, inclusive")]
    [InlineData(
        "{'containerPort':80,'protocol':'tcp'}",
        ".ports[0].protocol: Unsupported value: \"tcp\": supported values: \"SCTP\", \"TCP\", \"UDP\"")]
    [InlineData("{'containerPort':80,'name':'a'},{'containerPort':81,'name':'a'}", ".ports[1].name: Duplicate value: \"a\"")]
    [InlineData("{'containerPort':80,'name':'8'}", ".ports[0].name: Invalid value: \"8\": must contain at least one letter (a-z)")]
    [InlineData("{'containerPort':80,'hostPort':8},{'containerPort':81,'hostPort':8}", ".ports[1].hostPort: Duplicate value: \"TCP//8\"")]
    public void Ports_AreChecked(string ports, string expected) =>
        AssertOnly($"'containers':[{{'name':'a','image':'i','ports':[{ports}]}}]", "spec.containers[0]" + expected);

    [Fact]
    public void HostNetworkPort_HasToBeThePortOfTheHost() => AssertOnly(
        "'hostNetwork':true,'containers':[{'name':'a','image':'i','ports':[{'containerPort':80,'hostPort':81}]}]",
        "spec.containers[0].ports[0].containerPort: Invalid value: 80: must match `hostPort` when `hostNetwork` is true");

    [Theory]
    [InlineData("'env':[{'value':'x'}]", ".env[0].name: Required value")]
    [InlineData(
        "'env':[{'name':'a=b'}]",
        ".env[0].name: Invalid value: \"a=b\": a valid environment variable name must consist only of printable ASCII characters other than '='")]
    [InlineData(
        "'env':[{'name':'a','valueFrom':{}}]",
        ".env[0].valueFrom: Invalid value: \"\": must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`")]
    [InlineData(
        "'env':[{'name':'a','value':'x','valueFrom':{'secretKeyRef':{'name':'s','key':'k'}}}]",
        ".env[0].valueFrom: Invalid value: \"\": may not be specified when `value` is not empty")]
    [InlineData("'env':[{'name':'a','valueFrom':{'configMapKeyRef':{'key':'k'}}}]", ".env[0].valueFrom.configMapKeyRef.name: Required value")]
    [InlineData(
        "'env':[{'name':'a','valueFrom':{'fieldRef':{'fieldPath':'spec.foo'}}}]",
        ".env[0].valueFrom.fieldRef.fieldPath: Invalid value: \"spec.foo\": error converting fieldPath: field label not supported: spec.foo")]
    [InlineData(
        "'env':[{'name':'a','valueFrom':{'fieldRef':{'fieldPath':'status.phase'}}}]",
        ".env[0].valueFrom.fieldRef.fieldPath: Unsupported value: \"status.phase\": supported values: \"metadata.name\", \"metadata.namespace\", \"metadata.uid\", "
        + "\"spec.nodeName\", \"spec.serviceAccountName\", \"status.hostIP\", \"status.hostIPs\", \"status.podIP\", \"status.podIPs\"")]
    [InlineData(
        "'env':[{'name':'a','valueFrom':{'resourceFieldRef':{'resource':'limits.cpu','divisor':'2'}}}]",
        ".env[0].valueFrom.resourceFieldRef.divisor: Invalid value: \"2\": only divisor's values 1, 1m are supported with the cpu resource")]
    [InlineData("'envFrom':[{}]", ".envFrom[0]: Invalid value: \"\": must specify one of: `configMapRef` or `secretRef`")]
    [InlineData("'volumeMounts':[{'name':'x','mountPath':'/x'}]", ".volumeMounts[0].name: Not found: \"x\"")]
    [InlineData("'volumeMounts':[{'name':'v'}]", ".volumeMounts[0].mountPath: Required value")]
    [InlineData("'volumeMounts':[{'name':'v','mountPath':'/x'},{'name':'v','mountPath':'/x'}]", ".volumeMounts[1].mountPath: Invalid value: \"/x\": must be unique")]
    [InlineData("'volumeMounts':[{'name':'v','mountPath':'/x','subPath':'../y'}]", ".volumeMounts[0].subPath: Invalid value: \"../y\": must not contain '..'")]
    [InlineData("'volumeMounts':[{'name':'v','mountPath':'/x','subPath':'/y'}]", ".volumeMounts[0].subPath: Invalid value: \"/y\": must be a relative path")]
    [InlineData(
        "'volumeMounts':[{'name':'v','mountPath':'/x','mountPropagation':'Bidirectional'}]",
        ".volumeMounts[0].mountPropagation: Forbidden: Bidirectional mount propagation is available only to privileged containers")]
    [InlineData(
        "'resources':{'limits':{'cpu':'1'},'requests':{'cpu':'2'}}",
        ".resources.requests: Invalid value: \"2\": must be less than or equal to cpu limit of 1")]
    [InlineData("'resources':{'limits':{'memory':'-1'}}", ".resources.limits[memory]: Invalid value: \"-1\": must be greater than or equal to 0", true)]
    [InlineData("'resources':{'limits':{'gold':'1'}}", ".resources.limits[gold]: Invalid value: \"gold\": must be a standard resource for containers", true)]
    [InlineData("'resources':{'requests':{'example.com/gpu':'1'}}", ".resources.limits: Required value: Limit must be set for non overcommitable resources")]
    [InlineData("'livenessProbe':{}", ".livenessProbe: Required value: must specify a handler type")]
    [InlineData("'livenessProbe':{'exec':{}}", ".livenessProbe.exec.command: Required value")]
    [InlineData("'livenessProbe':{'exec':{'command':['x']},'successThreshold':2}", ".livenessProbe.successThreshold: Invalid value: 2: must be 1")]
    [InlineData("'readinessProbe':{'exec':{'command':['x']},'periodSeconds':-1}", ".readinessProbe.periodSeconds: Invalid value: -1: must be greater than or equal to 0")]
    [InlineData("'startupProbe':{'exec':{'command':['x']},'tcpSocket':{'port':1}}", ".startupProbe.tcpSocket: Forbidden: may not specify more than 1 handler type")]
    [InlineData("'livenessProbe':{'httpGet':{'port':0}}", ".livenessProbe.httpGet.port: Invalid value: 0: must be between 1 and 65535, inclusive")]
    [InlineData(
        "'lifecycle':{'preStop':{'sleep':{'seconds':31}}}",
        ".lifecycle.preStop.sleep: Invalid value: 31: invalid value; must be non-negative and less than terminationGracePeriodSeconds (30)")]
    [InlineData(
        "'securityContext':{'privileged':true,'allowPrivilegeEscalation':false}",
        ".securityContext.allowPrivilegeEscalation: Invalid value: false: cannot set `allowPrivilegeEscalation` to false and `privileged` to true")]
    [InlineData("'securityContext':{'runAsUser':-1}", ".securityContext.runAsUser: Invalid value: -1: must be between 0 and 4294967295, inclusive")]
    [InlineData(
        "'securityContext':{'seccompProfile':{'type':'Localhost'}}",
        ".securityContext.seccompProfile.localhostProfile: Required value: must be set when seccomp type is Localhost")]
    public void PartsOfAContainer_AreChecked(string part, string expected, bool first = false)
    {
        var complaints = Checked.Create<Pod>(Manifest($"'containers':[{{'name':'a','image':'i',{part}}}],'volumes':[{{'name':'v'}}]"));

        Checked.AssertOnly("spec.containers[0]" + expected, first ? [.. complaints.Take(1)] : complaints);
    }

    [Theory]
    [InlineData("'restartPolicy':'Maybe'", "spec.restartPolicy: Unsupported value: \"Maybe\": supported values: \"Always\", \"Never\", \"OnFailure\"")]
    [InlineData("'dnsPolicy':'None'", "spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None")]
    [InlineData("'activeDeadlineSeconds':0", "spec.activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive")]
    [InlineData("'hostname':'A'", "spec.hostname: Invalid value: \"A\": " + Label)]
    [InlineData("'volumes':[{'name':'a'},{'name':'a'}]", "spec.volumes[1].name: Duplicate value: \"a\"")]
    [InlineData("'volumes':[{'name':'a','emptyDir':{},'hostPath':{'path':'/x'}}]", "spec.volumes[0].emptyDir: Forbidden: may not specify more than 1 volume type")]
    [InlineData("'volumes':[{'name':'a','hostPath':{'path':'/x/../y'}}]", "spec.volumes[0].hostPath.path: Invalid value: \"/x/../y\": must not contain '..'")]
    [InlineData(
        "'volumes':[{'name':'a','secret':{'secretName':'s','defaultMode':512}}]",
        "spec.volumes[0].secret.defaultMode: Invalid value: 512: must be a number between 0 and 0777 (octal), both inclusive")]
    [InlineData("'volumes':[{'name':'a','configMap':{'name':'m','items':[{'path':'p'}]}}]", "spec.volumes[0].configMap.items[0].key: Required value")]
    [InlineData(
        "'shareProcessNamespace':true,'hostPID':true",
        "spec.shareProcessNamespace: Invalid value: true: ShareProcessNamespace and HostPID cannot both be enabled")]
    [InlineData("'schedulingGates':[{'name':'a'}],'nodeName':'n'", "spec.nodeName: Forbidden: cannot be set until all schedulingGates have been cleared")]
    [InlineData(
        "'tolerations':[{'key':''}]",
        "spec.tolerations[0].operator: Invalid value: \"\": operator must be Exists when `key` is empty, which means \\\"match all values and all keys\\\"")]
    [InlineData(
        "'tolerations':[{'key':'k','tolerationSeconds':1}]",
        "spec.tolerations[0].effect: Invalid value: \"\": effect must be 'NoExecute' when `tolerationSeconds` is set")]
    [InlineData(
        "'affinity':{'nodeAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':{'nodeSelectorTerms':[]}}}",
        "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms: Required value: must have at least one node selector term")]
    [InlineData(
        "'affinity':{'podAntiAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':[{}]}}",
        "spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey: Required value: can not be empty")]
    [InlineData(
        "'topologySpreadConstraints':[{'maxSkew':0,'topologyKey':'k','whenUnsatisfiable':'DoNotSchedule'}]",
        "spec.topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero")]
    [InlineData(
        "'ephemeralContainers':[{'name':'e','image':'i'}]",
        "spec.ephemeralContainers: Forbidden: cannot be set on create")]
    [InlineData("'hostAliases':[{'ip':'1.2.3'}]", "spec.hostAliases[0].ip: Invalid value: \"1.2.3\": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)")]
    public void TheRestOfThePod_IsChecked(string part, string expected) =>
        AssertOnly($"'containers':[{{'name':'a','image':'i'}}],{part}", expected.Replace("\\\"", "\"", StringComparison.Ordinal));

    [Fact]
    public void HostileNumbersOfMistakes_GiveABoundedAnswer()
    {
        var containers = string.Join(',', Enumerable.Repeat("{}", 5000));

        Assert.Equal(100, Checked.Create<Pod>(Manifest($"'containers':[{containers}]")).Count);
    }

    [Fact]
    public void ManyContainersWithManyVolumes_DoNotMultiply()
    {
        var volumes = string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"{{'name':'v{i}'}}"));
        var containers = string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"{{'name':'c{i}','image':'i','volumeMounts':[{{'name':'v{i}','mountPath':'/d'}}]}}"));

        Assert.Empty(Checked.Create<Pod>(Manifest($"'volumes':[{volumes}],'containers':[{containers}]")));
    }

    private static void AssertOnly(string spec, string expected) => Checked.AssertOnly(expected, Checked.Create<Pod>(Manifest(spec)));

    private static string Manifest(string spec) => $"{{'metadata':{{'name':'x'}},'spec':{{{spec.Replace("\\'", "\u0001", StringComparison.Ordinal)}}}}}".Replace("\u0001", "\\u0027", StringComparison.Ordinal);
}
