using Microsoft.Extensions.Logging;

namespace Minke.Logging;

/// <summary>Writes every event that is important enough as one line.</summary>
internal sealed class LineLoggerProvider(TextWriter target, LogFormat format, LogLevel minimum, TimeProvider time) : ILoggerProvider
{
    // Kestrel and its kin tell about every connection; only their troubles matter here.
    private const string FrameworkPrefix = "Microsoft.";

    public ILogger CreateLogger(string categoryName) =>
        new LineLogger(this, categoryName, categoryName.StartsWith(FrameworkPrefix, StringComparison.Ordinal) ? LogLevel.Warning : minimum);

    public void Dispose() => target.Flush();

    private sealed class LineLogger(LineLoggerProvider owner, string category, LogLevel minimum) : ILogger
    {
        public bool IsEnabled(LogLevel logLevel) => logLevel >= minimum && logLevel != LogLevel.None;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                owner.Write(new LogEvent(owner.Now, logLevel, category, eventId, formatter(state, exception), exception));
            }
        }
    }

    private DateTimeOffset Now => time.GetUtcNow();

    private void Write(in LogEvent item) => target.Write(LogLine.Render(item, format));
}
