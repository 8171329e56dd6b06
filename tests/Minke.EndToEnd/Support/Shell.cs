using System.Diagnostics;
using System.Text;

namespace Minke.EndToEnd;

/// <summary>What a finished program said.</summary>
internal sealed record Output(string Command, int ExitCode, string Out, string Err)
{
    /// <summary>The standard output of a program that succeeded; fails the test with everything it said otherwise.</summary>
    public string Succeeded()
    {
        Assert.True(ExitCode == 0, $"{this}");
        return Out;
    }

    public Output Failed()
    {
        Assert.True(ExitCode != 0, $"expected a failure: {this}");
        return this;
    }

    public override string ToString() => $"{Command}\nexit code {ExitCode}\nstdout: {Out}\nstderr: {Err}";
}

/// <summary>Runs programs to their end, with bounded time.</summary>
internal static class Shell
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(5);

    public static async Task<Output> RunAsync(string program, IEnumerable<string> arguments, string? stdin = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var token = TestContext.Current.CancellationToken;
        using var running = Start(program, arguments, environment);
        var command = $"{program} {string.Join(' ', running.StartInfo.ArgumentList)}";
        var output = running.StandardOutput.ReadToEndAsync(token);
        var error = running.StandardError.ReadToEndAsync(token);
        using var limit = new CancellationTokenSource(TimeLimit, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, token);
        try
        {
            if (stdin is not null)
            {
                await running.StandardInput.WriteAsync(stdin.AsMemory(), either.Token);
            }

            running.StandardInput.Close();
            await running.WaitForExitAsync(either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            running.Kill(entireProcessTree: true);
            Assert.Fail($"{command} did not end within {TimeLimit}");
        }

        return new Output(command, running.ExitCode, await output, await error);
    }

    public static Task<Output> BashAsync(string script) => RunAsync("/bin/bash", ["-c", script]);

    public static Process Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var info = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var argument in arguments)
        {
            info.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            info.Environment[name] = value;
        }

        return Process.Start(info) ?? throw new InvalidOperationException($"{program} did not start");
    }
}
