namespace Minke.Api.Tests.Model;

public sealed class CollectionTests
{
    [Fact]
    public void List_InsertedAndRemoved_KeepsTheOrder()
    {
        ApiList<string> list = ["a", "c", "d"];
        list.Insert(1, "b");
        list.RemoveAt(3);
        Assert.True(list.Remove("a"));
        Assert.Equal(["b", "c"], list);
        Assert.Equal(1, list.RemoveAll(item => item == "c"));
        Assert.Throws<ArgumentOutOfRangeException>(() => list[1]);
    }

    [Fact]
    public void Map_FilledInAnyOrder_IsSortedAndTheLastValueWins()
    {
        var map = new ApiMap<string>([new("b", "1"), new("a", "2"), new("b", "3")]);
        map["0"] = "4";
        Assert.Equal([new("0", "4"), new("a", "2"), new("b", "3")], map);
        Assert.True(map.Remove("a"));
        Assert.False(map.ContainsKey("a"));
        Assert.Throws<ArgumentException>(() => map.Add("b", "5"));
    }

    [Fact]
    public void Map_AgainstADictionary_AgreesAfterEveryChange()
    {
        var random = new Random(7);
        var map = new ApiMap<int>();
        var model = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < 2000; i++)
        {
            var key = "k" + random.Next(40);
            if (random.Next(3) == 0)
            {
                Assert.Equal(model.Remove(key), map.Remove(key));
            }
            else
            {
                map[key] = model[key] = i;
            }

            Assert.Equal(model.Count, map.Count);
        }

        Assert.Equal(model, map);
    }

    [Fact]
    public void Loop_OverListAndMap_AllocatesNothing()
    {
        ApiList<string> list = ["a", "b"];
        var map = new ApiMap<string> { ["a"] = "b" };
        var length = Count(list, map);
        var before = GC.GetAllocatedBytesForCurrentThread();
        length += Count(list, map);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(8, length);
    }

    private static int Count(ApiList<string> list, ApiMap<string> map)
    {
        var length = 0;
        foreach (var item in list)
        {
            length += item.Length;
        }

        foreach (var (key, value) in map)
        {
            length += key.Length + value.Length;
        }

        return length;
    }
}
