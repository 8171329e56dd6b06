using System.Xml.Linq;
using Xunit;

namespace Minke.Simulation.Repository;

/// <summary>The arrows between the rooms, as docs/architecture.md draws them.</summary>
public sealed class ArrowTests
{
    public static TheoryData<string, string> Arrows => new()
    {
        { "Minke.Api.Generator", "" },
        { "Minke.Api", "Minke.Api.Generator" },
        { "Minke.Store", "" },
        { "Minke.Client", "Minke.Api" },
        { "Minke.ApiServer", "Minke.Api Minke.Client Minke.Store" },
        { "Minke.Scheduler", "Minke.Api Minke.Client" },
        { "Minke.Controllers", "Minke.Api Minke.Client" },
        { "Minke.Host", "" },
        { "Minke.Network", "Minke.Api Minke.Client Minke.Host" },
        { "Minke.Node", "Minke.Api Minke.Client Minke.Host Minke.Network" },
    };

    [Theory]
    [MemberData(nameof(Arrows))]
    public void Room_RefersOnlyToTheRoomsBelowIt(string room, string allowed)
    {
        var others = ReferencesOf($"src/{room}/{room}.csproj").Except(allowed.Split(' '), StringComparer.Ordinal);

        Assert.Empty(others);
    }

    [Fact]
    public void EveryRoom_HasItsArrows()
    {
        var known = Arrows.Select(row => row.Data.Item1).Append("Minke");
        var rooms = RepositoryFiles.Under("src", "*.csproj").Select(path => Path.GetFileNameWithoutExtension(path)!);

        Assert.Equal(rooms.Order(StringComparer.Ordinal), known.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void NoRoom_RefersToTests() => Assert.DoesNotContain(
        RepositoryFiles.Under("src", "*.csproj").SelectMany(ReferencesOf), static name => name.Contains("Test", StringComparison.Ordinal));

    private static IEnumerable<string> ReferencesOf(string project) => XDocument.Parse(RepositoryFiles.Read(project))
        .Descendants("ProjectReference")
        .Select(static reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));
}
