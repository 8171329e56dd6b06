using System.Text.Json;

namespace Minke.Api.Core;

/// <summary>Checks secrets: what each type has to hold. Contents never appear in complaints.</summary>
internal static class SecretValidation
{
    private const string Redacted = "<secret contents redacted>";
    private const string ServiceAccountAnnotation = "kubernetes.io/service-account.name";
    private static readonly FieldPath s_data = "data";

    public static void Validate(Secret secret, FieldErrors errors)
    {
        DataValidation.CheckKeys(secret.Data.Keys, s_data, errors);
        DataValidation.CheckSize(secret.Data.Sum(entry => (long)entry.Value.Length), errors);
        switch (secret.Type)
        {
            case "kubernetes.io/service-account-token":
                var account = secret.Metadata.Annotations.TryGetValue(ServiceAccountAnnotation, out var name) ? name : "";
                errors.CheckRequired(FieldPath.Root("metadata").Child("annotations").Key(ServiceAccountAnnotation), account);
                break;
            case "kubernetes.io/dockercfg":
                CheckJson(secret, ".dockercfg", errors);
                break;
            case "kubernetes.io/dockerconfigjson":
                CheckJson(secret, ".dockerconfigjson", errors);
                break;
            case "kubernetes.io/basic-auth" when !secret.Data.ContainsKey("username") && !secret.Data.ContainsKey("password"):
                errors.Required(s_data.Key("username"));
                errors.Required(s_data.Key("password"));
                break;
            case "kubernetes.io/ssh-auth" when !secret.Data.TryGetValue("ssh-privatekey", out var key) || key.Length == 0:
                errors.Required(s_data.Key("ssh-privatekey"));
                break;
            case "kubernetes.io/tls":
                CheckPresent(secret, "tls.crt", errors);
                CheckPresent(secret, "tls.key", errors);
                break;
            default:
                break;
        }
    }

    public static void ValidateUpdate(Secret old, Secret secret, FieldErrors errors)
    {
        if (old.Type != secret.Type)
        {
            errors.Immutable("type", secret.Type);
        }

        DataValidation.CheckImmutable(old.Immutable, secret.Immutable, DataValidation.Same(old.Data, secret.Data), errors);
        Validate(secret, errors);
    }

    private static void CheckPresent(Secret secret, string key, FieldErrors errors)
    {
        if (!secret.Data.ContainsKey(key))
        {
            errors.Required(s_data.Key(key));
        }
    }

    private static void CheckJson(Secret secret, string key, FieldErrors errors)
    {
        if (!secret.Data.TryGetValue(key, out var bytes))
        {
            errors.Required(s_data.Key(key));
            return;
        }

        try
        {
            using var document = JsonDocument.Parse(bytes);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                errors.Invalid(s_data.Key(key), Redacted, "json: cannot unmarshal into Go value of type map[string]interface {}");
            }
        }
        catch (JsonException)
        {
            errors.Invalid(s_data.Key(key), Redacted, "invalid JSON");
        }
    }
}
