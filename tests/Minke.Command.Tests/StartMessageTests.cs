using Minke.Startup;

namespace Minke.Command.Tests;

public sealed class StartMessageTests
{
    [Fact]
    public void Message_SurvivesItsWayThroughThePipe()
    {
        var message = new StartMessage(StartMessageKind.End, "API server", 210);

        Assert.Equal(message, StartMessage.Parse(message.Format()));
    }

    [Fact]
    public void LineEndsInAReason_DoNotBreakTheLine() =>
        Assert.DoesNotContain('\n', new StartMessage(StartMessageKind.Failed, "one\ntwo", 0).Format());

    [Theory]
    [InlineData("")]
    [InlineData("Unhandled exception. System.Exception: boom")]
    [InlineData("Ready\tx\t")]
    public void OtherLine_IsNoMessage(string line) => Assert.Null(StartMessage.Parse(line));
}
