using Minke.Api;
using Minke.Api.Meta;
using Minke.ApiServer.Patch.Apply;
using Xunit;

namespace Minke.ApiServer.Tests.Patch.Apply;

public sealed class TrackUpdateTests
{
    private const string Name = "'metadata':{'name':'x','uid':'u','resourceVersion':'1','generation':1,'creationTimestamp':null}";

    private readonly TrackedObject _pod = new(Kinds.Pod);
    private readonly TrackedObject _settings = new(Kinds.ConfigMap);

    [Fact]
    public void Create_OwnsWhatIsNotInEveryObject()
    {
        _pod.Update("kubectl", "'metadata':{'name':'x','labels':{'a':'b'}},'spec':{'containers':[{'name':'c','image':'i','resources':{}}],'restartPolicy':'Always'}");

        _pod.AssertFields(
            "kubectl",
            "Update",
            ".metadata.labels",
            ".metadata.labels.a",
            ".spec.containers[name=\"c\"]",
            ".spec.containers[name=\"c\"].image",
            ".spec.containers[name=\"c\"].name",
            ".spec.containers[name=\"c\"].resources",
            ".spec.restartPolicy");
    }

    [Fact]
    public void ServerSetMetadata_IsNotTracked()
    {
        _settings.Update("a", $"{Name},'data':{{'k':'1'}}");

        _settings.AssertFields("a", "Update", ".data", ".data.k");
    }

    [Fact]
    public void ChangedField_GoesToItsWriter()
    {
        _settings.Update("a", $"{Name},'data':{{'k':'1','l':'1'}}");
        _settings.Update("b", $"{Name},'data':{{'k':'2','l':'1','m':'1'}}");

        _settings.AssertFields("a", "Update", ".data", ".data.l");
        _settings.AssertFields("b", "Update", ".data.k", ".data.m");
    }

    [Fact]
    public void RemovedField_IsNobodys()
    {
        _settings.Update("a", $"{Name},'data':{{'k':'1','l':'1'}}");
        _settings.Update("b", $"{Name},'data':{{'l':'1'}}");

        _settings.AssertFields("a", "Update", ".data", ".data.l");
        _settings.AssertFields("b", "Update");
    }

    [Fact]
    public void ManagerWithoutFieldsLeft_IsForgotten()
    {
        _settings.Update("a", $"{Name},'data':{{'k':'1'}}");
        _settings.Update("b", Name);

        Assert.Empty(_settings.Owners);
    }

    [Fact]
    public void UpdateThatChangesNothing_KeepsTheTime()
    {
        _settings.Update("a", $"{Name},'data':{{'k':'1'}}");
        var time = _settings.Now;
        _settings.Update("a", $"{Name},'data':{{'k':'1'}}");

        Assert.Equal(time, _settings.Entry("a").Time);
    }

    [Fact]
    public void NewValueOfAnOwnField_MovesTheTimeOnly()
    {
        _settings.Update("a", $"{Name},'data':{{'k':'1'}}");
        var fields = _settings.Entry("a").FieldsV1;
        _settings.Update("a", $"{Name},'data':{{'k':'2'}}");

        Assert.Equal(_settings.Now, _settings.Entry("a").Time);
        Assert.Equal(fields, _settings.Entry("a").FieldsV1);
    }

    [Fact]
    public void SubresourceAndMain_AreTwoEntries()
    {
        _pod.Update("a", $"{Name},'spec':{{'hostname':'h'}}");
        _pod.Update("a", $"{Name},'spec':{{'hostname':'h'}},'status':{{'phase':'Running'}}", subresource: "status");

        Assert.Equal(["", "status"], _pod.Owners.Select(owner => owner.Subresource).Order());
    }

    [Fact]
    public void ObjectWithoutManagedFields_StaysUntracked()
    {
        _settings.StoreUntracked($"{{'kind':'ConfigMap','apiVersion':'v1',{Name},'data':{{'k':'1'}}}}");
        _settings.Update("a", $"{Name},'data':{{'k':'2'}}");

        Assert.Empty(_settings.Owners);
    }

    [Fact]
    public void OneEmptyEntry_ResetsManagedFields()
    {
        _settings.Update("a", $"{Name},'data':{{'k':'1'}}");
        _settings.Update("b", $"{Name},'data':{{'k':'1'}}", "", new ManagedFieldsEntry());

        Assert.Empty(_settings.Owners);
    }

    [Fact]
    public void ManagedFieldsThatAClientEdits_AreTaken()
    {
        _settings.Update("a", $"{Name},'data':{{'k':'1'}}");
        var edited = _settings.Entry("a").Clone();
        edited.Manager = "renamed";
        edited.Operation = "Apply";

        _settings.Update("b", $"{Name},'data':{{'k':'1'}}", "", edited);

        _settings.AssertFields("renamed", "Apply", ".data", ".data.k");
        Assert.Single(_settings.Owners);
    }

    [Theory]
    [InlineData("Apply", "FieldsV1", "[]")]
    [InlineData("Apply", "FieldsV2", "{}")]
    [InlineData("Steal", "FieldsV1", "{}")]
    public void MalformedManagedFields_AreIgnored(string operation, string type, string fields)
    {
        _settings.Update("a", $"{Name},'data':{{'k':'1'}}");
        var sent = new ManagedFieldsEntry { Manager = "z", Operation = operation, ApiVersion = "v1", FieldsType = type, FieldsV1 = new RawJson(fields) };

        _settings.Update("b", $"{Name},'data':{{'k':'1'}}", "", sent);

        Assert.Equal("a", Assert.Single(_settings.Owners).Manager);
    }

    [Fact]
    public void ManyUpdaters_AreMergedOldestFirst()
    {
        for (var i = 0; i < 15; i++)
        {
            var data = string.Join(',', Enumerable.Range(0, i + 1).Select(n => $"'k{n}':'v'"));
            _settings.Update($"m{i}", $"{Name},'data':{{{data}}}");
        }

        Assert.Equal(10, _settings.Owners.Count);
        Assert.Contains(".data.k0", _settings.Fields("ancient-changes", "Update"), StringComparison.Ordinal);
        _settings.AssertFields("m14", "Update", ".data.k14");
    }

    [Fact]
    public void EveryFieldOfARandomHistory_HasAnOwner()
    {
        var random = new Random(31);
        for (var round = 0; round < 50; round++)
        {
            var settings = new TrackedObject(Kinds.ConfigMap);
            settings.Update("creator", $"{Name},'data':{{'z':'1'}}"); // an object that nobody owns a field of would not be tracked
            for (var step = 0; step < 20; step++)
            {
                var data = string.Join(',', "abcd".Where(_ => random.Next(2) == 0).Select(key => $"'{key}':'{random.Next(2)}'").Append("'z':'1'"));
                var manager = "m" + random.Next(3);
                if (random.Next(2) == 0)
                {
                    settings.Update(manager, $"{Name},'data':{{{data}}}");
                }
                else
                {
                    settings.Apply(manager, $"'metadata':{{'name':'x'}},'data':{{{data}}}", force: true);
                }

                AssertOwnersFit(settings);
            }
        }
    }

    private static void AssertOwnersFit(TrackedObject settings)
    {
        var data = Json.Parse(settings.Json)["data"]?.AsObject();
        var present = data?.Select(entry => ".data." + entry.Key).ToHashSet() ?? [];
        var owned = settings.Owners
            .SelectMany(owner => FieldSetText.Read(owner.FieldsV1!.Utf8, trusted: false).Paths().Select(PathElement.Display))
            .Where(path => path.StartsWith(".data.", StringComparison.Ordinal))
            .ToHashSet();

        Assert.Equal(present.Order(), owned.Order());
    }
}
