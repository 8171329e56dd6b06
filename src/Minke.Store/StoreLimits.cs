namespace Minke.Store;

/// <summary>What every store accepts. The API's own limits are tighter; these keep a caller's mistake out of the log.</summary>
public static class StoreLimits
{
    /// <summary>Characters of a key. Two names of 253 characters, a plural and a group fit twice.</summary>
    public const int MaxKeyLength = 1024;

    /// <summary>Bytes of a value.</summary>
    public const int MaxValueBytes = 8 * 1024 * 1024;

    /// <exception cref="ArgumentException">The write is outside the limits.</exception>
    public static void Check(in StoreWrite write)
    {
        ArgumentException.ThrowIfNullOrEmpty(write.Key);
        if (write.Key.Length > MaxKeyLength)
        {
            throw new ArgumentException($"a key has at most {MaxKeyLength} characters, this one has {write.Key.Length}");
        }

        if (write.Key.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            throw new ArgumentException("a key is printable ASCII");
        }

        if (write.Value.Length > MaxValueBytes)
        {
            throw new ArgumentException($"a value has at most {MaxValueBytes} bytes, this one has {write.Value.Length}");
        }
    }
}
