namespace Minke.ApiServer.Tables;

/// <summary>Durations in the short form of kubectl's AGE column: two units at most, fewer as the duration grows.</summary>
public static class HumanDuration
{
    private const int HoursPerDay = 24;
    private const int DaysPerYear = 365;

    /// <summary>The time since a moment; <c>&lt;unknown&gt;</c> when there is none.</summary>
    public static string Since(DateTimeOffset? moment, DateTimeOffset now) => moment is { } known ? Of(now - known) : "<unknown>";

    /// <summary>For example <c>45s</c>, <c>3m20s</c>, <c>17m</c>, <c>5h2m</c>, <c>2d3h</c>, <c>90d</c>, <c>2y30d</c>.</summary>
    public static string Of(TimeSpan duration)
    {
        var seconds = (long)duration.TotalSeconds;
        if (seconds < -1)
        {
            return "<invalid>"; // the clocks of the writer and of this machine differ
        }

        var minutes = seconds / 60;
        var hours = minutes / 60;
        var days = hours / HoursPerDay;
        return seconds switch
        {
            < 0 => "0s",
            < 2 * 60 => $"{seconds}s",
            _ when minutes < 10 => Pair(minutes, "m", seconds % 60, "s"),
            _ when minutes < 3 * 60 => $"{minutes}m",
            _ when hours < 8 => Pair(hours, "h", minutes % 60, "m"),
            _ when hours < 2 * HoursPerDay => $"{hours}h",
            _ when hours < 8 * HoursPerDay => Pair(days, "d", hours % HoursPerDay, "h"),
            _ when days < 2 * DaysPerYear => $"{days}d",
            _ when days < 8 * DaysPerYear => Pair(days / DaysPerYear, "y", days % DaysPerYear, "d"),
            _ => $"{days / DaysPerYear}y",
        };
    }

    private static string Pair(long large, string largeUnit, long small, string smallUnit) =>
        small == 0 ? $"{large}{largeUnit}" : $"{large}{largeUnit}{small}{smallUnit}";
}
