namespace Minke.Scheduler;

/// <summary>What several scores share.</summary>
internal static class Scores
{
    /// <summary>The largest raw score becomes the best.</summary>
    public static void MoreIsBetter(Span<long> scores)
    {
        var largest = Largest(scores);
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = largest == 0 ? 0 : scores[i] * IScore.Best / largest;
        }
    }

    /// <summary>The smallest raw score becomes the best.</summary>
    public static void LessIsBetter(Span<long> scores)
    {
        var largest = Largest(scores);
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = largest == 0 ? IScore.Best : (largest - scores[i]) * IScore.Best / largest;
        }
    }

    private static long Largest(Span<long> scores)
    {
        long largest = 0;
        foreach (var score in scores)
        {
            largest = Math.Max(largest, score);
        }

        return largest;
    }
}
