namespace Minke.Api.Tests.Model;

/// <summary>Checks that declarations agree with each other.</summary>
public sealed class SchemaTests
{
    private static readonly IReadOnlyList<TypeSchema> Types = CollectTypes();

    [Fact]
    public void ListMapKeys_AreFieldsOfTheElement() => Assert.All(Fields(), entry =>
        Assert.All(entry.Field.ListMapKeys, key => Assert.NotNull(entry.Field.Type!.Find(key))));

    [Fact]
    public void PatchMergeKeys_AreFieldsOfTheElement() => Assert.All(
        Fields().Where(entry => entry.Field.PatchMergeKey is not null),
        entry => Assert.NotNull(entry.Field.Type!.Find(entry.Field.PatchMergeKey!)));

    [Fact]
    public void ListTypes_AreOnListsOnly() => Assert.All(
        Fields().Where(entry => entry.Field.ListType != ListType.Atomic),
        entry => Assert.Equal(FieldShape.List, entry.Field.Shape));

    [Fact]
    public void SetLists_HoldScalars() => Assert.All(
        Fields().Where(entry => entry.Field.ListType == ListType.Set),
        entry => Assert.NotEqual(FieldKind.Object, entry.Field.Kind));

    [Fact]
    public void TypeNames_AreUnique() => Assert.Equal(Types.Count, Types.Select(type => type.Name).Distinct().Count());

    [Fact]
    public void Docs_AreOneSentenceOrTwo() => Assert.All(Fields(), entry => Assert.InRange(entry.Field.Doc.Length, 1, 160));

    /// <summary>The list comes from the types inside kubectl 1.35, not from our declarations. A new type needs a line there.</summary>
    [Fact]
    public void EveryField_HasTheNameAndNumberThatClientsUse()
    {
        var ours = Types.Select(type => $"{type.Name} {string.Join(' ', type.Fields.Where(field => field.Number > 0).Select(field => $"{field.JsonName}={field.Number}").Order(StringComparer.Ordinal))}");
        var theirs = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Model", "wire-numbers.txt"));
        Assert.Equal(theirs.Order(StringComparer.Ordinal), ours.Select(line => line.TrimEnd()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void InlinedFields_AreListedFlat()
    {
        var volume = Minke.Api.Core.Volume.TypeSchema;
        Assert.NotNull(volume.Find("emptyDir"));
        Assert.Null(volume.Find("source"));
    }

    [Theory]
    [InlineData("", "v1", "pods", "Pod")]
    [InlineData("coordination.k8s.io", "v1", "leases", "Lease")]
    [InlineData("events.k8s.io", "v1", "events", "Event")]
    public void Resource_IsFoundByItsPlural(string group, string version, string plural, string kind) =>
        Assert.Equal(kind, Kinds.FindResource(group, version, plural)!.Kind);

    [Fact]
    public void Kind_IsFoundByApiVersion()
    {
        Assert.Same(Kinds.Lease, Kinds.FindKind("coordination.k8s.io/v1", "Lease"));
        Assert.Same(Kinds.Pod, Kinds.FindKind("v1", "Pod"));
        Assert.Same(Kinds.Pod, Kinds.Of<Minke.Api.Core.Pod>());
        Assert.Null(Kinds.FindKind("v2", "Pod"));
    }

    private static IEnumerable<(TypeSchema Type, FieldSchema Field)> Fields() => Types.SelectMany(type => type.Fields.Select(field => (type, field)));

    private static List<TypeSchema> CollectTypes()
    {
        var found = new Dictionary<TypeSchema, bool>();
        var waiting = new Queue<TypeSchema>(Kinds.All.Select(kind => kind.Schema).Append(Minke.Api.Meta.Status.TypeSchema));
        while (waiting.TryDequeue(out var type))
        {
            if (found.TryAdd(type, true))
            {
                foreach (var child in type.Fields.Select(field => field.Type).OfType<TypeSchema>())
                {
                    waiting.Enqueue(child);
                }
            }
        }

        return [.. found.Keys];
    }
}
