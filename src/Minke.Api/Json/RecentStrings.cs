using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Minke.Api;

/// <summary>
/// Short strings that were decoded lately. Objects repeat the same few names, labels and settings; sharing them makes a cache of many objects
/// a good deal smaller. Thread-safe without locks: a slot holds one string or another, and any of them is right after comparison.
/// </summary>
internal static class RecentStrings
{
    private const int SlotCount = 2048;

    // Uids have 36 characters; they never repeat, so they must not push out what does.
    private const int LongestText = 32;

    private static readonly string?[] Slots = new string?[SlotCount];

    /// <summary>The string of some UTF-8 text; false when the text is too long, or not ASCII.</summary>
    public static bool TryGet(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (utf8.Length > LongestText)
        {
            return false;
        }

        ref var slot = ref Slots[Hash(utf8) % SlotCount];
        if (slot is { } known && Ascii.Equals(utf8, known))
        {
            text = known;
            return true;
        }

        if (!Ascii.IsValid(utf8))
        {
            return false;
        }

        slot = text = Encoding.ASCII.GetString(utf8);
        return true;
    }

    // FNV-1a; it need not withstand an attacker, because a collision only costs the sharing.
    private static uint Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = 2166136261u;
        foreach (var value in bytes)
        {
            hash = (hash ^ value) * 16777619u;
        }

        return hash ^ (hash >> 15);
    }
}
