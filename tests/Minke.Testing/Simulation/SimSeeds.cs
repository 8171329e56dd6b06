using System.Globalization;
using System.Security.Cryptography;

namespace Minke.Testing.Simulation;

/// <summary>Which seeds a simulation test runs with.</summary>
public static class SimSeeds
{
    /// <summary>Only the seed in <c>MINKE_SEED</c> if that is set; else the given ones followed by <paramref name="fresh"/> random ones.</summary>
    public static IReadOnlyList<int> Choose(IEnumerable<int> regressions, int fresh)
    {
        if (Environment.GetEnvironmentVariable("MINKE_SEED") is { Length: > 0 } text)
        {
            return [int.Parse(text, CultureInfo.InvariantCulture)];
        }

        return [.. regressions, .. Enumerable.Range(0, fresh).Select(_ => RandomNumberGenerator.GetInt32(int.MaxValue))];
    }
}
