using Minke.Api.Selectors;

namespace Minke.Api.Core;

/// <summary>Checks the environment variables of a container, and where their values come from.</summary>
internal static class EnvironmentValidation
{
    private static readonly string[] s_fields =
    [
        "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName",
        "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs",
    ];

    public static void Validate(Container container, FieldPath path, FieldErrors errors)
    {
        var environment = path.Child("env");
        for (var i = 0; i < container.Env.Count; i++)
        {
            CheckVariable(container.Env[i], environment.Index(i), errors);
        }

        var sources = path.Child("envFrom");
        for (var i = 0; i < container.EnvFrom.Count; i++)
        {
            CheckSource(container.EnvFrom[i], sources.Index(i), errors);
        }
    }

    private static void CheckVariable(EnvVar variable, FieldPath path, FieldErrors errors)
    {
        if (variable.Name.Length == 0)
        {
            errors.Required(path.Child("name"));
        }
        else
        {
            errors.AddAll(path.Child("name"), variable.Name, NameSyntax.EnvironmentVariableName(variable.Name));
        }

        if (variable.ValueFrom is { } source)
        {
            CheckValueFrom(source, variable.Value, path.Child("valueFrom"), errors);
        }
    }

    private static void CheckValueFrom(EnvVarSource source, string value, FieldPath path, FieldErrors errors)
    {
        ApiType?[] sources = [source.FieldRef, source.ResourceFieldRef, source.ConfigMapKeyRef, source.SecretKeyRef, source.FileKeyRef];
        var count = sources.Count(item => item is not null);
        if (count == 0)
        {
            errors.Invalid(path, "", "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`");
        }
        else if (value.Length > 0)
        {
            errors.Invalid(path, "", "may not be specified when `value` is not empty");
        }

        if (count > 1)
        {
            errors.Invalid(path, "", "may not have more than one field specified at a time");
        }

        DownwardValidation.CheckField(source.FieldRef, s_fields, path.Child("fieldRef"), errors);
        DownwardValidation.CheckResource(source.ResourceFieldRef, isVolume: false, path.Child("resourceFieldRef"), errors);
        if (source.ConfigMapKeyRef is { } configMap)
        {
            CheckKey(configMap.Reference.Name, configMap.Key, path.Child("configMapKeyRef"), errors);
        }

        if (source.SecretKeyRef is { } secret)
        {
            CheckKey(secret.Reference.Name, secret.Key, path.Child("secretKeyRef"), errors);
        }

        if (source.FileKeyRef is not null)
        {
            errors.Forbidden(path.Child("fileKeyRef"), "may not be set");
        }
    }

    private static void CheckKey(string name, string key, FieldPath path, FieldErrors errors)
    {
        errors.CheckRequired(path.Child("name"), name);
        if (key.Length == 0)
        {
            errors.Required(path.Child("key"));
        }
        else
        {
            errors.AddAll(path.Child("key"), key, NameSyntax.ConfigMapKey(key));
        }
    }

    private static void CheckSource(EnvFromSource source, FieldPath path, FieldErrors errors)
    {
        if (source.Prefix.Length > 0)
        {
            errors.AddAll(path.Child("prefix"), source.Prefix, NameSyntax.EnvironmentVariableName(source.Prefix));
        }

        if (source.ConfigMapRef is null && source.SecretRef is null)
        {
            errors.Invalid(path, "", "must specify one of: `configMapRef` or `secretRef`");
        }
        else if (source.ConfigMapRef is not null && source.SecretRef is not null)
        {
            errors.Invalid(path, "", "may not have more than one field specified at a time");
        }

        if (source.ConfigMapRef is { } configMap)
        {
            errors.CheckRequired(path.Child("configMapRef").Child("name"), configMap.Reference.Name);
        }

        if (source.SecretRef is { } secret)
        {
            errors.CheckRequired(path.Child("secretRef").Child("name"), secret.Reference.Name);
        }
    }
}
