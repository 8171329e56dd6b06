using System.Text;

namespace Minke.Api.Core;

/// <summary>What a secret has when its manifest does not say otherwise.</summary>
internal static class SecretDefaults
{
    public static void Apply(Secret secret)
    {
        secret.Type = PodSpecDefaults.Or(secret.Type, "Opaque");

        // stringData is only a way of writing data: it wins over data, and is never read back.
        foreach (var (key, text) in secret.StringData)
        {
            secret.Data[key] = Encoding.UTF8.GetBytes(text);
        }

        secret.StringData = [];
    }
}
