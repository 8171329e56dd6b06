using System.Globalization;

namespace Minke.Benchmarks;

/// <summary>One measured number: what was measured, and in which unit.</summary>
internal sealed record Figure(string Name, double Value, string Unit)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name} {Value:0.##} {Unit}");

    /// <summary>The median; with an even number of samples the lower of the two in the middle.</summary>
    public static double Median(IEnumerable<double> samples)
    {
        var sorted = samples.Order().ToArray();
        return sorted[(sorted.Length - 1) / 2];
    }
}
