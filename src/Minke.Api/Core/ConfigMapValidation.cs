using System.Text;

namespace Minke.Api.Core;

/// <summary>Checks config maps.</summary>
internal static class ConfigMapValidation
{
    public static void Validate(ConfigMap map, FieldErrors errors)
    {
        DataValidation.CheckKeys(map.Data.Keys, "data", errors);
        DataValidation.CheckKeys(map.BinaryData.Keys, "binaryData", errors);
        foreach (var key in map.Data.Keys.Where(map.BinaryData.ContainsKey))
        {
            errors.Invalid(FieldPath.Root("data").Key(key), key, "duplicate of key present in binaryData");
        }

        DataValidation.CheckSize(
            map.Data.Sum(entry => (long)Encoding.UTF8.GetByteCount(entry.Value)) + map.BinaryData.Sum(entry => (long)entry.Value.Length), errors);
    }

    public static void ValidateUpdate(ConfigMap old, ConfigMap map, FieldErrors errors)
    {
        DataValidation.CheckImmutable(old.Immutable, map.Immutable, DataValidation.Same(old.Data, map.Data), errors);
        if (old.Immutable == true && !DataValidation.Same(old.BinaryData, map.BinaryData))
        {
            errors.Forbidden("binaryData", "field is immutable when `immutable` is set");
        }

        Validate(map, errors);
    }
}
