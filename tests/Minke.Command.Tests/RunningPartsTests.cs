using Microsoft.Extensions.Logging.Abstractions;
using Minke.Startup;

namespace Minke.Command.Tests;

public sealed class RunningPartsTests
{
    private readonly RunningParts _parts = new(TimeProvider.System, NullLogger<RunningParts>.Instance);

    [Fact]
    public async Task PartThatFails_IsReportedWithItsError()
    {
        _parts.Start("healthy", token => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token));
        _parts.Start("broken", async _ =>
        {
            await Task.Yield();
            throw new InvalidOperationException("why");
        });

        var fault = await _parts.WaitForFaultAsync(TestContext.Current.CancellationToken);

        Assert.Equal("broken", fault.Part);
        Assert.Equal("why", fault.Cause?.Message);
        await _parts.StopAsync();
    }

    [Fact]
    public async Task PartThatSimplyEnds_IsAFaultToo()
    {
        _parts.Start("short", _ => Task.CompletedTask);

        Assert.Equal(new PartFault("short", null), await _parts.WaitForFaultAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Stop_EndsPartsInReverseOrder()
    {
        var ended = new List<string>();
        foreach (var name in new[] { "first", "second", "third" })
        {
            _parts.Start(name, async token =>
            {
                try
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
                }
                finally
                {
                    ended.Add(name);
                }
            });
        }

        await _parts.StopAsync();

        Assert.Equal(["third", "second", "first"], ended);
    }
}
