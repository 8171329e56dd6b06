using System.Text.Json.Nodes;

namespace Minke.ApiServer.Tests.Patch;

/// <summary>Random documents over a small set of names, so that two of them often meet.</summary>
internal sealed class RandomJson(Random random, string[] names)
{
    public JsonObject Object(int depth)
    {
        JsonObject members = [];
        foreach (var name in names)
        {
            if (random.Next(3) == 0)
            {
                members[name] = Value(depth - 1);
            }
        }

        return members;
    }

    private JsonNode Value(int depth) => random.Next(depth > 0 ? 6 : 3) switch
    {
        0 => random.Next(3),
        1 => names[random.Next(names.Length)],
        2 => random.Next(2) == 0,
        3 => new JsonArray([.. Enumerable.Range(0, random.Next(3)).Select(_ => Value(depth - 1))]),
        _ => Object(depth),
    };
}
