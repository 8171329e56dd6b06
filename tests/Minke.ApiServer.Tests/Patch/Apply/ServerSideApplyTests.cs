using Minke.Api;
using Xunit;

namespace Minke.ApiServer.Tests.Patch.Apply;

public sealed class ServerSideApplyTests
{
    private const string Name = "'metadata':{'name':'x'}";

    private readonly TrackedObject _pod = new(Kinds.Pod);
    private readonly TrackedObject _settings = new(Kinds.ConfigMap);

    [Fact]
    public void FirstApply_CreatesTheObjectAndOwnsItsFields()
    {
        _settings.Apply("a", $"{Name},'data':{{'k':'1'}}");

        Assert.Equal("1", Json.Parse(_settings.Json)["data"]!["k"]!.GetValue<string>());
        _settings.AssertFields("a", "Apply", ".data.k");
        Assert.Equal("Apply", _settings.Entry("a").Operation);
        Assert.Equal("v1", _settings.Entry("a").ApiVersion);
        Assert.Equal("FieldsV1", _settings.Entry("a").FieldsType);
        Assert.Equal(_settings.Now, _settings.Entry("a").Time);
    }

    [Fact]
    public void FieldNoLongerApplied_IsRemoved()
    {
        _settings.Apply("a", $"{Name},'data':{{'k':'1','l':'2'}}");

        _settings.Apply("a", $"{Name},'data':{{'k':'1'}}");

        Assert.Equal("""{"k":"1"}""", Json.Parse(_settings.Json)["data"]!.ToJsonString());
        _settings.AssertFields("a", "Apply", ".data.k");
    }

    [Fact]
    public void FieldNoLongerApplied_StaysWhenAnotherApplierOwnsIt()
    {
        _settings.Apply("a", $"{Name},'data':{{'k':'1','l':'2'}}");
        _settings.Apply("b", $"{Name},'data':{{'k':'1'}}");

        _settings.Apply("a", $"{Name}");

        Assert.Equal("""{"k":"1"}""", Json.Parse(_settings.Json)["data"]!.ToJsonString());
        _settings.AssertFields("a", "Apply");
        _settings.AssertFields("b", "Apply", ".data.k");
    }

    [Fact]
    public void DifferentValueOfAnotherManagersField_Conflicts()
    {
        _settings.Update("kubectl-client-side-apply", $"{Name},'data':{{'k':'1'}}");

        var exception = Assert.Throws<ApiException>(() => _settings.Apply("a", $"{Name},'data':{{'k':'2'}}"));

        Assert.Equal(409, exception.Code);
        Assert.Equal("Conflict", exception.Reason);
        Assert.Equal("Apply failed with 1 conflict: conflict with \"kubectl-client-side-apply\" using v1: .data.k", exception.Message);
        var cause = Assert.Single(exception.Status.Details!.Causes);
        Assert.Equal("FieldManagerConflict", cause.Reason);
        Assert.Equal("conflict with \"kubectl-client-side-apply\" using v1", cause.Message);
        Assert.Equal(".data.k", cause.Field);
    }

    [Fact]
    public void SeveralConflicts_AreListedByManager()
    {
        _settings.Apply("b", $"{Name},'data':{{'k':'1','l':'1'}}");
        _settings.Update("c", $"{Name},'data':{{'k':'1','l':'1','m':'1'}}", subresource: "");

        var exception = Assert.Throws<ApiException>(() => _settings.Apply("a", $"{Name},'data':{{'k':'2','l':'2','m':'2'}}"));

        Assert.Equal(
            "Apply failed with 3 conflicts: conflicts with \"b\":\n- .data.k\n- .data.l\nconflicts with \"c\" using v1:\n- .data.m", exception.Message);
    }

    [Fact]
    public void SameValueOfAnotherManagersField_IsShared()
    {
        _settings.Apply("b", $"{Name},'data':{{'k':'1'}}");

        _settings.Apply("a", $"{Name},'data':{{'k':'1'}}");

        _settings.AssertFields("a", "Apply", ".data.k");
        _settings.AssertFields("b", "Apply", ".data.k");
    }

    [Fact]
    public void Force_TakesTheField()
    {
        _settings.Apply("b", $"{Name},'data':{{'k':'1','l':'1'}}");

        _settings.Apply("a", $"{Name},'data':{{'k':'2'}}", force: true);

        Assert.Equal("2", Json.Parse(_settings.Json)["data"]!["k"]!.GetValue<string>());
        _settings.AssertFields("a", "Apply", ".data.k");
        _settings.AssertFields("b", "Apply", ".data.l");
    }

    [Fact]
    public void Update_TakesTheFieldWithoutAsking()
    {
        _settings.Apply("a", $"{Name},'data':{{'k':'1','l':'1'}}");

        _settings.Update("u", $"{Name},'data':{{'k':'2','l':'1'}}");

        _settings.AssertFields("a", "Apply", ".data.l");
        _settings.AssertFields("u", "Update", ".data.k");
        var exception = Assert.Throws<ApiException>(() => _settings.Apply("a", $"{Name},'data':{{'k':'1','l':'1'}}"));
        Assert.Contains("conflict with \"u\" using v1: .data.k", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RepeatedApply_ChangesNothing()
    {
        _settings.Apply("a", $"{Name},'data':{{'k':'1'}}");
        var time = _settings.Entry("a").Time;

        var result = _settings.Apply("a", $"{Name},'data':{{'k':'1'}}");

        Assert.False(result.IsChanged);
        Assert.Equal(time, _settings.Entry("a").Time);
    }

    [Fact]
    public void UntrackedObject_BelongsToNobodyKnownAtTheFirstApply()
    {
        _settings.StoreUntracked($"{{'kind':'ConfigMap','apiVersion':'v1',{Name},'data':{{'k':'1','l':'1'}}}}");

        var exception = Assert.Throws<ApiException>(() => _settings.Apply("a", $"{Name},'data':{{'k':'2'}}"));
        _settings.Apply("a", $"{Name},'data':{{'k':'2'}}", force: true);

        Assert.Equal("Apply failed with 1 conflict: conflict with \"before-first-apply\" using v1: .data.k", exception.Message);
        _settings.AssertFields("before-first-apply", "Update", ".data", ".data.l");
        _settings.AssertFields("a", "Apply", ".data.k");
    }

    [Fact]
    public void KeyedList_MergesByKeyInTheOrderOfTheConfiguration()
    {
        _pod.Apply("a", $"{Name},'spec':{{'containers':[{{'name':'one','image':'i1'}},{{'name':'two','image':'i2'}}]}}");

        _pod.Apply("b", $"{Name},'spec':{{'containers':[{{'name':'three','image':'i3'}},{{'name':'two','tty':true}}]}}");

        Assert.Equal(
            """[{"name":"one","image":"i1"},{"name":"three","image":"i3"},{"name":"two","image":"i2","tty":true}]""",
            Json.Parse(_pod.Json)["spec"]!["containers"]!.ToJsonString());
        _pod.AssertFields(
            "b",
            "Apply",
            ".spec.containers[name=\"three\"]",
            ".spec.containers[name=\"three\"].name",
            ".spec.containers[name=\"three\"].image",
            ".spec.containers[name=\"two\"]",
            ".spec.containers[name=\"two\"].name",
            ".spec.containers[name=\"two\"].tty");
    }

    [Fact]
    public void ElementOfKeyedListNoLongerApplied_IsRemoved()
    {
        _pod.Apply("a", $"{Name},'spec':{{'containers':[{{'name':'one','image':'i1'}},{{'name':'two','image':'i2'}}]}}");

        _pod.Apply("a", $"{Name},'spec':{{'containers':[{{'name':'two','image':'i2'}}]}}");

        Assert.Equal("""[{"name":"two","image":"i2"}]""", Json.Parse(_pod.Json)["spec"]!["containers"]!.ToJsonString());
    }

    [Fact]
    public void ElementOfKeyedListNoLongerApplied_KeepsWhatAnotherApplierHasInIt()
    {
        _pod.Apply("a", $"{Name},'spec':{{'containers':[{{'name':'one','image':'i1','tty':true}},{{'name':'two','image':'i2'}}]}}");
        _pod.Apply("b", $"{Name},'spec':{{'containers':[{{'name':'one','stdin':true}}]}}");

        _pod.Apply("a", $"{Name},'spec':{{'containers':[{{'name':'two','image':'i2'}}]}}");

        Assert.Equal("""[{"name":"one","stdin":true},{"name":"two","image":"i2"}]""", Json.Parse(_pod.Json)["spec"]!["containers"]!.ToJsonString());
    }

    [Fact]
    public void PortWithoutProtocol_IsThePortWithTcp()
    {
        _pod.Update("u", $"{Name},'spec':{{'containers':[{{'name':'one','ports':[{{'containerPort':80,'protocol':'TCP'}}]}}]}}");

        _pod.Apply("a", $"{Name},'spec':{{'containers':[{{'name':'one','ports':[{{'containerPort':80,'name':'web'}}]}}]}}");

        Assert.Single(Json.Parse(_pod.Json)["spec"]!["containers"]![0]!["ports"]!.AsArray());
        Assert.Contains(".spec.containers[name=\"one\"].ports[containerPort=80,protocol=\"TCP\"].name", _pod.Fields("a"), StringComparison.Ordinal);
    }

    [Fact]
    public void AtomicList_IsOwnedAsAWhole()
    {
        _pod.Apply("a", $"{Name},'spec':{{'containers':[{{'name':'one','args':['x','y']}}]}}");

        var exception = Assert.Throws<ApiException>(() => _pod.Apply("b", $"{Name},'spec':{{'containers':[{{'name':'one','args':['x']}}]}}"));

        Assert.Contains(".spec.containers[name=\"one\"].args", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Finalizers_AreASet()
    {
        _settings.Apply("a", "'metadata':{'name':'x','finalizers':['e.com/a','e.com/b']}");
        _settings.Apply("b", "'metadata':{'name':'x','finalizers':['e.com/c']}");

        _settings.Apply("a", "'metadata':{'name':'x','finalizers':['e.com/b']}");

        Assert.Equal("""["e.com/b","e.com/c"]""", Json.Parse(_settings.Json)["metadata"]!["finalizers"]!.ToJsonString());
        _settings.AssertFields("a", "Apply", ".metadata.finalizers[=\"e.com/b\"]");
    }

    [Theory]
    [InlineData("'metadata':{'name':'x'},'spec':{'replicaz':1}", ".spec.replicaz: field not declared in schema")]
    [InlineData("'metadata':{'name':'x'},'spec':{'containers':[{'name':'a'},{'name':'a'}]}", ".spec.containers: duplicate entries for key [name=\"a\"]")]
    [InlineData("'metadata':{'name':'x','managedFields':[{'manager':'m'}]}", "metadata.managedFields must be nil")]
    [InlineData("'metadata':{'name':'x','name':'y'}", "error decoding the applied configuration")]
    public void MalformedConfiguration_IsABadRequest(string configuration, string message)
    {
        var exception = Assert.Throws<ApiException>(() => _pod.Apply("a", configuration));

        Assert.Equal(400, exception.Code);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void StatusInAConfigurationOfTheObject_IsNotOwned()
    {
        _pod.Apply("a", $"{Name},'spec':{{'hostname':'h'}},'status':{{'phase':'Running'}}");

        _pod.AssertFields("a", "Apply", ".spec.hostname");
    }

    [Fact]
    public void StatusSubresource_OwnsOnlyTheStatus()
    {
        _pod.Apply("a", $"{Name},'spec':{{'hostname':'h'}}");

        _pod.Apply("s", $"{Name},'status':{{'message':'m'}}", subresource: "status");

        _pod.AssertFields("s", "Apply", ".status.message");
        Assert.Equal("status", _pod.Entry("s").Subresource);
    }

    [Fact]
    public void NullInAConfiguration_TakesTheLeafAway()
    {
        _settings.Apply("a", $"{Name},'immutable':true,'data':{{'k':'1'}}");

        _settings.Apply("a", $"{Name},'immutable':null,'data':{{'k':'1'}}");

        Assert.Null(Json.Parse(_settings.Json)["immutable"]);
    }

    [Fact]
    public void KubectlAfterClientSideApply_TakesOverWhatItApplied()
    {
        const string Annotations = "'annotations':{'kubectl.kubernetes.io/last-applied-configuration':'{\\'data\\':{\\'k\\':\\'1\\'}}'}";
        var stored = $"'metadata':{{'name':'x',{Annotations.Replace("\\'", "\\\"", StringComparison.Ordinal)}}},'data':{{'k':'1'}}";
        _settings.Update("kubectl-client-side-apply", stored);

        _settings.Apply("kubectl", $"{Name},'data':{{'k':'2'}}");

        Assert.Equal("2", Json.Parse(_settings.Json)["data"]!["k"]!.GetValue<string>());
        var annotation = Json.Parse(_settings.Json)["metadata"]!["annotations"]!["kubectl.kubernetes.io/last-applied-configuration"]!.GetValue<string>();
        Assert.Contains("\"data\":{\"k\":\"2\"}", annotation, StringComparison.Ordinal);
        Assert.Throws<ApiException>(() => _settings.Apply("other", $"{Name},'data':{{'k':'3'}}"));
    }
}
