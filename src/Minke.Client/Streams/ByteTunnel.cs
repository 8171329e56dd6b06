using System.Buffers;
using System.Net.WebSockets;

namespace Minke.Client.Streams;

/// <summary>Carries bytes between two upgraded connections, both ways, without looking at them.</summary>
public static class ByteTunnel
{
    private const int BufferBytes = 32 * 1024;

    private static readonly TimeSpan s_closeTimeout = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Runs until either side ends or fails, or nothing passes for the idle limit; what was read by then has been written. The protocols that
    /// are carried (SPDY, WebSocket) end their directions themselves, so that the end of one side's bytes is the end of the session.
    /// </summary>
    /// <param name="sayEnd">Tells the client that the server has ended; the client then has a moment to answer.</param>
    public static async Task RunAsync(Stream client, Stream server, IdleLimit idle, TimeProvider time, Func<Task>? sayEnd = null)
    {
        var forth = CopyAsync(client, server, idle);
        var back = CopyAsync(server, client, idle);
        if (await Task.WhenAny(forth, back) == back && sayEnd is not null && !idle.Token.IsCancellationRequested)
        {
            await EndQuietlyAsync(sayEnd, idle);
            await Task.WhenAny(forth, Task.Delay(s_closeTimeout, time, idle.Token));
        }

        idle.End();
        await Task.WhenAll(forth, back);
    }

    private static async Task EndQuietlyAsync(Func<Task> sayEnd, IdleLimit idle)
    {
        try
        {
            await sayEnd();
        }
        catch (Exception gone) when (IsEnd(gone))
        {
            idle.End(); // the client left at the same time
        }
    }

    private static async Task CopyAsync(Stream from, Stream to, IdleLimit idle)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            int count;
            while ((count = await from.ReadAsync(buffer, idle.Token)) > 0)
            {
                idle.Touch();
                await to.WriteAsync(buffer.AsMemory(0, count), idle.Token);
                await to.FlushAsync(idle.Token);
            }
        }
        catch (Exception gone) when (IsEnd(gone))
        {
            // A side that goes away ends the tunnel just as one that closes does; there is nobody to tell.
            idle.End();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static bool IsEnd(Exception failure) =>
        failure is IOException or OperationCanceledException or ObjectDisposedException or WebSocketException;
}
