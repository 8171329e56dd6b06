using System.Buffers;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Minke.Host;

/// <summary>
/// A program of the machine that runs to its end (nft, iptables-save, ctr, ...). Output is kept up to a bound, the rest is read and dropped, so that
/// a talkative program neither blocks nor fills memory.
/// </summary>
public sealed class HostCommand(TimeProvider time)
{
    private const int OutputBytesMax = 4 * 1024 * 1024;
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(1);

    /// <summary>Runs a program and returns how it ended, whatever its exit code.</summary>
    /// <param name="input">Copied to the program's standard input; null: the input is empty.</param>
    /// <param name="timeout">After so long the program and its children are killed; null: one minute.</param>
    /// <exception cref="HostCommandException">The program does not exist, cannot be started, or did not end in time.</exception>
    public async Task<HostCommandResult> RunAsync(
        string program, IReadOnlyList<string> arguments, Stream? input, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        using var process = Start(program, arguments);
        using var deadline = new CancellationTokenSource(timeout ?? DefaultTimeout, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            var output = ReadBoundedAsync(process.StandardOutput.BaseStream, ending.Token);
            var error = ReadBoundedAsync(process.StandardError.BaseStream, ending.Token);
            await FeedAsync(process, input, ending.Token);
            var texts = await Task.WhenAll(output, error);
            await process.WaitForExitAsync(ending.Token);
            return new HostCommandResult(process.ExitCode, texts[0], texts[1]);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            throw new HostCommandException($"{Describe(program, arguments)} did not end within {timeout ?? DefaultTimeout}");
        }
    }

    /// <summary>Runs a program that must succeed and returns its standard output.</summary>
    /// <exception cref="HostCommandException">As for <see cref="RunAsync"/>, and when the exit code is not 0.</exception>
    public async Task<string> CheckAsync(
        string program, IReadOnlyList<string> arguments, Stream? input, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var result = await RunAsync(program, arguments, input, timeout, cancellationToken);
        return result.ExitCode == 0
            ? result.Output
            : throw new HostCommandException($"{Describe(program, arguments)} failed with exit code {result.ExitCode}: {result.ErrorSummary}");
    }

    private static Process Start(string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start) ?? throw new HostCommandException($"{program} could not be started");
        }
        catch (Win32Exception exception)
        {
            throw new HostCommandException($"{program} could not be started: {exception.Message}", exception);
        }
    }

    private static async Task FeedAsync(Process process, Stream? input, CancellationToken cancellationToken)
    {
        try
        {
            if (input is not null)
            {
                await input.CopyToAsync(process.StandardInput.BaseStream, cancellationToken);
            }

            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program closed its input or ended early; its exit code and error text tell why.
            return;
        }
    }

    private static async Task<string> ReadBoundedAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var kept = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
            {
                kept.Write(buffer, 0, (int)Math.Min(read, OutputBytesMax - kept.Length));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return Encoding.UTF8.GetString(kept.GetBuffer().AsSpan(0, (int)kept.Length));
    }

    private static string Describe(string program, IReadOnlyList<string> arguments) => $"'{program} {string.Join(' ', arguments)}'";
}

/// <summary>How a program ended. Texts are cut at 4 MiB.</summary>
public sealed record HostCommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>What the program complained about: its last error lines, on one line.</summary>
    public string ErrorSummary
    {
        get
        {
            var text = Error.Length > 0 ? Error : Output;
            var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return lines.Length == 0 ? "it printed nothing" : string.Join("; ", lines[^Math.Min(lines.Length, 5)..]);
        }
    }
}

/// <summary>A program of the machine could not be run or failed; the message names it and says how.</summary>
public sealed class HostCommandException(string message, Exception? inner = null) : Exception(message, inner);
