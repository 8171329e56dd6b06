using System.Text;
using Minke.Api;

namespace Minke.ApiServer.Patch.Apply;

/// <summary>The name that a request's writes are attributed to.</summary>
public static class FieldManagerName
{
    public const int MaxBytes = 128;

    /// <summary>The <c>fieldManager</c> parameter; without it the part of the User-Agent before the first slash.</summary>
    public static string Of(string fieldManager, string userAgent)
    {
        if (fieldManager.Length > 0)
        {
            return fieldManager;
        }

        var name = new StringBuilder();
        var bytes = 0;
        foreach (var rune in userAgent.Split('/', 2)[0].EnumerateRunes())
        {
            if (Rune.IsControl(rune) || rune == Rune.ReplacementChar)
            {
                continue;
            }

            bytes += rune.Utf8SequenceLength;
            if (bytes > MaxBytes)
            {
                break;
            }

            name.Append(rune.ToString());
        }

        return name.Length > 0 ? name.ToString() : "unknown";
    }

    /// <summary>Checks the parameter of a request.</summary>
    /// <param name="isApply">An apply has to name its manager.</param>
    public static void Validate(string fieldManager, bool isApply, FieldErrors errors)
    {
        if (isApply && fieldManager.Length == 0)
        {
            errors.Required("fieldManager", "is required for apply patch");
        }

        if (Encoding.UTF8.GetByteCount(fieldManager) > MaxBytes)
        {
            errors.TooLong("fieldManager", MaxBytes);
        }

        if (fieldManager.EnumerateRunes().Any(rune => Rune.IsControl(rune) || rune == Rune.ReplacementChar))
        {
            errors.Invalid("fieldManager", fieldManager, "should only contain printable characters");
        }
    }
}
