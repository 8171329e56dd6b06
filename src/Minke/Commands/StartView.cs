using Minke.Startup;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Minke.Commands;

/// <summary>
/// Shows the steps of a start while they run: on a terminal a list whose lines change, elsewhere one line for each finished step.
/// </summary>
internal sealed class StartView(TimeProvider time)
{
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new(); // guards _steps
    private readonly List<Step> _steps = [];

    /// <summary>Runs a start and shows the messages that it gives.</summary>
    public Task ShowAsync(Func<Action<StartMessage>, Task> start) => Terminal.IsInteractive ? ShowLiveAsync(start) : start(PrintFinished);

    private static void PrintFinished(StartMessage message)
    {
        if (message.Kind == StartMessageKind.End)
        {
            Console.Out.WriteLine($"  {message.Text,-32} {Terminal.Seconds(TimeSpan.FromMilliseconds(message.Milliseconds))}");
        }
    }

    private Task ShowLiveAsync(Func<Action<StartMessage>, Task> start) => Terminal.Out.Live(Draw()).StartAsync(async context =>
    {
        var running = start(Update);
        using var timer = new PeriodicTimer(RefreshInterval, time);
        while (!running.IsCompleted)
        {
            await Task.WhenAny(running, timer.WaitForNextTickAsync().AsTask());
            context.UpdateTarget(Draw());
        }

        await running;
    });

    private void Update(StartMessage message)
    {
        lock (_lock)
        {
            if (message.Kind == StartMessageKind.Begin)
            {
                _steps.Add(new Step(message.Text, time.GetTimestamp(), null));
            }
            else if (message.Kind == StartMessageKind.End && _steps.FindIndex(s => s.Name == message.Text) is var index and >= 0)
            {
                _steps[index] = _steps[index] with { Took = TimeSpan.FromMilliseconds(message.Milliseconds) };
            }
        }
    }

    private IRenderable Draw()
    {
        lock (_lock)
        {
            var grid = new Grid().AddColumn().AddColumn().AddColumn();
            foreach (var step in _steps)
            {
                var elapsed = Terminal.Seconds(step.Took ?? time.GetElapsedTime(step.Start));
                var mark = step.Took is null ? "[yellow]…[/]" : "[green]✓[/]";
                grid.AddRow(new Markup(mark), new Text(step.Name), new Text(elapsed, new Style(Color.Grey)));
            }

            return grid;
        }
    }

    private readonly record struct Step(string Name, long Start, TimeSpan? Took);
}
