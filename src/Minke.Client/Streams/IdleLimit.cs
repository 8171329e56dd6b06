namespace Minke.Client.Streams;

/// <summary>Cancels <see cref="Token"/> when <see cref="Touch"/> is not called for a time, so that forgotten sessions end.</summary>
public sealed class IdleLimit : IDisposable
{
    /// <summary>The kubelet's default streamingConnectionIdleTimeout.</summary>
    public static readonly TimeSpan Default = TimeSpan.FromHours(4);

    private readonly CancellationTokenSource _source;
    private readonly ITimer _timer;
    private readonly TimeProvider _time;
    private readonly TimeSpan _limit;
    private long _touched;

    public IdleLimit(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        _limit = limit;
        _time = time;
        _touched = time.GetTimestamp();
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _timer = time.CreateTimer(_ => Check(), null, limit, limit / 4);
    }

    public CancellationToken Token => _source.Token;

    public void Touch() => Interlocked.Exchange(ref _touched, _time.GetTimestamp());

    public void End() => _source.Cancel();

    public void Dispose()
    {
        _timer.Dispose();
        _source.Dispose();
    }

    private void Check()
    {
        if (_time.GetElapsedTime(Interlocked.Read(ref _touched)) >= _limit)
        {
            _source.Cancel();
        }
    }
}
