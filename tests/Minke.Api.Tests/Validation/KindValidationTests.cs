using Minke.Api.Coordination;
using Minke.Api.Core;
using Xunit;

namespace Minke.Api.Tests.Validation;

using Node = Minke.Api.Core.Node;

public sealed class KindValidationTests
{
    private const string Template = "'template':{'metadata':{'labels':{'app':'x'}},'spec':{'containers':[{'name':'a','image':'i'}]}}";

    [Theory]
    [InlineData("'spec':{'replicas':-1," + Template + "}", "spec.replicas: Invalid value: -1: must be greater than or equal to 0")]
    [InlineData("'spec':{'selector':{'a':'b'}}", "spec.template: Required value")]
    [InlineData(
        "'spec':{'selector':{'app':'y'}," + Template + "}",
        "spec.template.metadata.labels: Invalid value: \"app=x\": `selector` does not match template `labels`")]
    [InlineData(
        "'spec':{'template':{'metadata':{'labels':{'app':'x'}},'spec':{'restartPolicy':'Never','containers':[{'name':'a','image':'i'}]}}}",
        "spec.template.spec.restartPolicy: Unsupported value: \"Never\": supported values: \"Always\"")]
    [InlineData("'spec':{'template':{'spec':{'containers':[{'name':'a','image':'i'}]}}}", "spec.selector: Required value")]
    public void ReplicationController_IsChecked(string body, string expected) =>
        Checked.AssertOnly(expected, Checked.Create<ReplicationController>($"{{'metadata':{{'name':'x'}},{body}}}"));

    [Fact]
    public void GoodReplicationController_HasNoComplaints() =>
        Assert.Empty(Checked.Create<ReplicationController>("{'spec':{" + Template + "}}"));

    [Theory]
    [InlineData("'type':'kubernetes.io/tls'", "data[tls.crt]: Required value|data[tls.key]: Required value")]
    [InlineData("'type':'kubernetes.io/basic-auth'", "data[username]: Required value|data[password]: Required value")]
    [InlineData("'type':'kubernetes.io/basic-auth','stringData':{'username':'u'}", "")]
    [InlineData("'type':'kubernetes.io/ssh-auth'", "data[ssh-privatekey]: Required value")]
    [InlineData("'type':'kubernetes.io/dockerconfigjson'", "data[.dockerconfigjson]: Required value")]
    [InlineData(
        "'type':'kubernetes.io/dockerconfigjson','stringData':{'.dockerconfigjson':'x'}",
        "data[.dockerconfigjson]: Invalid value: \"<secret contents redacted>\": invalid JSON")]
    [InlineData("'type':'kubernetes.io/service-account-token'", "metadata.annotations[kubernetes.io/service-account.name]: Required value")]
    public void Secret_HoldsWhatItsTypeNeeds(string body, string expected) =>
        Assert.Equal(expected, string.Join('|', Checked.Create<Secret>($"{{'metadata':{{'name':'x'}},{body}}}")));

    [Fact]
    public void ConfigMapKey_HasToBeAFileName() => Assert.StartsWith(
        "data[a/b]: Invalid value: \"a/b\": a valid config key must consist of alphanumeric characters",
        Assert.Single(Checked.Create<ConfigMap>("{'data':{'a/b':'x'}}")),
        StringComparison.Ordinal);

    [Fact]
    public void KeyInBothParts_IsRefused() => Checked.AssertOnly(
        "data[k]: Invalid value: \"k\": duplicate of key present in binaryData", Checked.Create<ConfigMap>("{'data':{'k':'x'},'binaryData':{'k':'eA=='}}"));

    [Fact]
    public void ConfigMapOverOneMebibyte_IsTooLong()
    {
        var half = new string('a', 600 * 1024);

        Checked.AssertOnly(": Too long: may not be more than 1048576 bytes", Checked.Create<ConfigMap>($"{{'data':{{'a':'{half}','b':'{half}'}}}}"));
    }

    [Theory]
    [InlineData("'immutable':true,'data':{'k':'2'}", "data: Forbidden: field is immutable when `immutable` is set")]
    [InlineData("'data':{'k':'1'}", "immutable: Forbidden: field is immutable when `immutable` is set")]
    public void ImmutableConfigMap_StaysAsItIs(string body, string expected) =>
        Checked.AssertOnly(expected, Checked.Update<ConfigMap>("{'immutable':true,'data':{'k':'1'}}", $"{{{body}}}"));

    [Fact]
    public void TypeOfASecret_IsImmutable() =>
        Checked.AssertOnly("type: Invalid value: \"b\": field is immutable", Checked.Update<Secret>("{'type':'a'}", "{'type':'b'}"));

    [Theory]
    [InlineData("'taints':[{'key':'k','effect':'NoSchedule'},{'key':'k','value':'v','effect':'NoSchedule'}]", "spec.taints[1]: Duplicate value: \"k=v:NoSchedule\"")]
    [InlineData("'taints':[{'key':'k'}]", "spec.taints[0].effect: Required value")]
    [InlineData("'podCIDRs':['x']", "spec.podCIDRs[0]: Invalid value: \"x\": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)")]
    public void Node_IsChecked(string spec, string expected) => Checked.AssertOnly(expected, Checked.Create<Core.Node>($"{{'spec':{{{spec}}}}}"));

    [Fact]
    public void PodNetworkOfANode_DoesNotMove() => Checked.AssertOnly(
        "spec.podCIDR: Forbidden: node updates may not change podCIDR except from \"\" to valid",
        Checked.Update<Core.Node>("{'spec':{'podCIDR':'10.0.0.0/24'}}", "{'spec':{'podCIDR':'10.0.1.0/24'}}"));

    [Fact]
    public void LeaseDuration_IsPositive() =>
        Checked.AssertOnly("spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0", Checked.Create<Lease>("{'spec':{'leaseDurationSeconds':0}}"));

    [Fact]
    public void Event_LiesWhereItsObjectLies() => Checked.AssertOnly(
        "involvedObject.namespace: Invalid value: \"b\": does not match event.namespace",
        Checked.Create<Event>("{'metadata':{'name':'e','namespace':'a'},'involvedObject':{'namespace':'b'}}"));
}
