using System.Security.Cryptography;
using Minke.Api;
using Minke.Api.Core;
using Minke.ApiServer.Cache;

namespace Minke.ApiServer.Tests.Cache;

public sealed class SnapshotTests
{
    public static TheoryData<int> Seeds() => [1, 2, RandomNumberGenerator.GetInt32(int.MaxValue)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void RandomChanges_AgreeWithASortedDictionary(int seed)
    {
        var random = new Random(seed);
        var model = new SortedDictionary<string, CachedObject>(StringComparer.Ordinal);
        var snapshot = CacheSnapshot.Empty;
        for (var batch = 1; batch < 60; batch++)
        {
            var before = snapshot;
            var copy = model.Values.ToList();
            var builder = new CacheSnapshotBuilder(snapshot);
            // Grows at first and shrinks at last, so that leaves are split and joined.
            for (var i = 0; i < 40; i++)
            {
                var key = $"/configmaps/{(char)('a' + random.Next(3))}/{random.Next(600)}";
                var removes = random.Next(60) < batch;
                model.TryGetValue(key, out var expected);
                var item = new CachedObject(Kinds.Of<ConfigMap>(), key, "", "", batch, default);
                Assert.Same(expected, removes ? builder.Remove(key) : builder.Set(item));
                if (removes)
                {
                    model.Remove(key);
                }
                else
                {
                    model[key] = item;
                }
            }

            snapshot = builder.Build(batch, batch);
            Assert.Equal(model.Values, snapshot.Range("/", null));
            Assert.Equal(copy, before.Range("/", null));
            CheckReads(random, model, snapshot);
        }
    }

    private static void CheckReads(Random random, SortedDictionary<string, CachedObject> model, CacheSnapshot snapshot)
    {
        Assert.Equal(model.Count, snapshot.Count);
        for (var i = 0; i < 20; i++)
        {
            var prefix = $"/configmaps/{(char)('a' + random.Next(4))}/";
            var key = $"{prefix}{random.Next(600)}";
            Assert.Same(model.GetValueOrDefault(key), snapshot.Find(key));
            var inPrefix = model.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(pair => pair.Value).ToList();
            var after = inPrefix.Where(item => string.CompareOrdinal(item.Key, key) > 0).ToList();
            Assert.Equal(inPrefix, snapshot.Range(prefix, null));
            Assert.Equal(after, snapshot.Range(prefix, key));
            Assert.Equal(after.Count, snapshot.CountAfter(prefix, key));
        }
    }
}
