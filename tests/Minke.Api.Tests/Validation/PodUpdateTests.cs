using Minke.Api.Core;
using Xunit;

namespace Minke.Api.Tests.Validation;

public sealed class PodUpdateTests
{
    private const string Containers = "'containers':[{'name':'a','image':'i'}]";

    private const string MayNot =
        "spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,"
        + "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),"
        + "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)\nchanged: ";

    [Theory]
    [InlineData(Containers, Containers)]
    [InlineData(Containers, "'containers':[{'name':'a','image':'j'}]")]
    [InlineData(Containers, Containers + ",'activeDeadlineSeconds':5")]
    [InlineData(Containers + ",'activeDeadlineSeconds':5", Containers + ",'activeDeadlineSeconds':4")]
    [InlineData(Containers, Containers + ",'tolerations':[{'key':'k','operator':'Exists'}]")]
    [InlineData(Containers + ",'terminationGracePeriodSeconds':-1", Containers + ",'terminationGracePeriodSeconds':1")]
    [InlineData(Containers + ",'schedulingGates':[{'name':'a'},{'name':'b'}]", Containers + ",'schedulingGates':[{'name':'b'}]")]
    [InlineData(Containers + ",'schedulingGates':[{'name':'a'}]", Containers + ",'schedulingGates':[{'name':'a'}],'nodeSelector':{'x':'y'}")]
    public void AllowedChange_HasNoComplaints(string old, string current) => Assert.Empty(Update(old, current));

    [Theory]
    [InlineData(Containers, Containers + ",'hostNetwork':true", MayNot + "spec.hostNetwork")]
    [InlineData(Containers, "'containers':[{'name':'a','image':'i','tty':true}]", MayNot + "spec.containers")]
    [InlineData(Containers, Containers + ",'nodeSelector':{'x':'y'}", MayNot + "spec.nodeSelector")]
    [InlineData(Containers, "'containers':[{'name':'a','image':'i'},{'name':'b','image':'i'}]", "spec.containers: Forbidden: pod updates may not add or remove containers")]
    [InlineData(
        Containers + ",'activeDeadlineSeconds':5",
        Containers + ",'activeDeadlineSeconds':6",
        "spec.activeDeadlineSeconds: Invalid value: 6: must be less than or equal to previous value")]
    [InlineData(
        Containers + ",'activeDeadlineSeconds':5",
        Containers,
        "spec.activeDeadlineSeconds: Invalid value: null: must not update from a positive integer to nil value")]
    [InlineData(
        Containers + ",'tolerations':[{'key':'k','operator':'Exists'}]",
        Containers,
        "spec.tolerations: Forbidden: existing toleration can not be modified except its tolerationSeconds")]
    [InlineData(
        Containers,
        Containers + ",'schedulingGates':[{'name':'b'}]",
        "spec.schedulingGates: Forbidden: only deletion is allowed, but found new scheduling gate 'b'")]
    public void OtherChange_IsForbidden(string old, string current, string expected) => Checked.AssertOnly(expected, Update(old, current));

    private static IReadOnlyList<string> Update(string old, string current) =>
        Checked.Update<Pod>($"{{'metadata':{{'name':'x'}},'spec':{{{old}}}}}", $"{{'metadata':{{'name':'x'}},'spec':{{{current}}}}}");
}
