using Microsoft.Extensions.Logging;

namespace Minke.Testing.Clients;

/// <summary>Collects what components log and counts errors, which a test that expects none asserts.</summary>
public sealed class StrictLogger : ILogger, ILoggerFactory
{
    private const int LinesMax = 20_000;

    private readonly Lock _lock = new(); // guards the lists
    private readonly Queue<string> _lines = new();
    private readonly List<string> _errors = [];

    public IReadOnlyList<string> Errors
    {
        get
        {
            lock (_lock)
            {
                return [.. _errors];
            }
        }
    }

    /// <summary>The newest lines, oldest first.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock)
            {
                return [.. _lines];
            }
        }
    }

    public LogLevel Minimum { get; init; } = LogLevel.Debug;

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("this logger is the only one");

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= Minimum;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var line = $"{logLevel}: {formatter(state, exception)}{(exception is null ? "" : ": " + exception.Message)}";
        lock (_lock)
        {
            _lines.Enqueue(line);
            if (_lines.Count > LinesMax)
            {
                _lines.Dequeue();
            }

            if (logLevel >= LogLevel.Error)
            {
                _errors.Add(exception is null ? line : line + Environment.NewLine + exception);
            }
        }
    }

    public void Dispose()
    {
        // Nothing is held.
    }
}
