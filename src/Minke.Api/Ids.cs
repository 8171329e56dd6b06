using System.Buffers.Binary;

namespace Minke.Api;

/// <summary>
/// The one source of randomness of the control plane: uids, name suffixes, jitter. A simulation seeds it; the program seeds it from the system.
/// Not for secrets. Thread-safe.
/// </summary>
public sealed class Ids(Random random)
{
    // Without vowels and look-alikes, so that suffixes neither spell words nor get misread.
    private const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";

    private readonly Lock _lock = new(); // guards random

    /// <summary>A version 4 UUID in lower case.</summary>
    public string NewUid()
    {
        Span<byte> bytes = stackalloc byte[16];
        lock (_lock)
        {
            random.NextBytes(bytes);
        }

        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString("D");
    }

    /// <summary>The suffix that <c>generateName</c> appends.</summary>
    public string NewSuffix(int length = 5)
    {
        Span<char> chars = stackalloc char[length];
        lock (_lock)
        {
            for (var i = 0; i < length; i++)
            {
                chars[i] = Alphabet[random.Next(Alphabet.Length)];
            }
        }

        return new string(chars);
    }

    /// <summary>A number in [0, 1), for jitter.</summary>
    public double NextDouble()
    {
        lock (_lock)
        {
            return random.NextDouble();
        }
    }

    /// <summary>A source seeded by the operating system.</summary>
    public static Ids FromSystem()
    {
        Span<byte> seed = stackalloc byte[4];
        System.Security.Cryptography.RandomNumberGenerator.Fill(seed);
        return new Ids(new Random(BinaryPrimitives.ReadInt32LittleEndian(seed)));
    }
}
