namespace Minke.Api.Core;

/// <summary>An environment variable.</summary>
public sealed partial class EnvVar : ApiType
{
    /// <summary>The variable's name.</summary>
    [Field(1), Required]
    public partial string Name { get; set; }

    /// <summary>Its value, in which $(NAME) stands for other variables.</summary>
    [Field(2)] public partial string Value { get; set; }

    /// <summary>Where the value comes from instead.</summary>
    [Field(3)] public partial EnvVarSource? ValueFrom { get; set; }
}

/// <summary>Where a variable's value comes from; one of its fields is set.</summary>
public sealed partial class EnvVarSource : ApiType
{
    /// <summary>A field of the pod.</summary>
    [Field(1)] public partial ObjectFieldSelector? FieldRef { get; set; }

    /// <summary>A resource of a container.</summary>
    [Field(2)] public partial ResourceFieldSelector? ResourceFieldRef { get; set; }

    /// <summary>An entry of a config map.</summary>
    [Field(3)] public partial ConfigMapKeySelector? ConfigMapKeyRef { get; set; }

    /// <summary>An entry of a secret.</summary>
    [Field(4)] public partial SecretKeySelector? SecretKeyRef { get; set; }

    /// <summary>An entry of a file of variables.</summary>
    [Field(5)] public partial FileKeySelector? FileKeyRef { get; set; }
}

/// <summary>Where several variables come from.</summary>
public sealed partial class EnvFromSource : ApiType
{
    /// <summary>Text put in front of each name.</summary>
    [Field(1)] public partial string Prefix { get; set; }

    /// <summary>A config map.</summary>
    [Field(2)] public partial ConfigMapEnvSource? ConfigMapRef { get; set; }

    /// <summary>A secret.</summary>
    [Field(3)] public partial SecretEnvSource? SecretRef { get; set; }
}

/// <summary>A config map whose entries become variables.</summary>
public sealed partial class ConfigMapEnvSource : ApiType
{
    /// <summary>The object, by name.</summary>
    [Inline(1)] public partial LocalObjectReference Reference { get; set; }

    /// <summary>Whether it may be missing.</summary>
    [Field(2)] public partial bool? Optional { get; set; }
}

/// <summary>A secret whose entries become variables.</summary>
public sealed partial class SecretEnvSource : ApiType
{
    /// <summary>The object, by name.</summary>
    [Inline(1)] public partial LocalObjectReference Reference { get; set; }

    /// <summary>Whether it may be missing.</summary>
    [Field(2)] public partial bool? Optional { get; set; }
}

/// <summary>An entry of a config map.</summary>
[Atomic]
public sealed partial class ConfigMapKeySelector : ApiType
{
    /// <summary>The object, by name.</summary>
    [Inline(1)] public partial LocalObjectReference Reference { get; set; }

    /// <summary>The entry's key.</summary>
    [Field(2), Required]
    public partial string Key { get; set; }

    /// <summary>Whether it may be missing.</summary>
    [Field(3)] public partial bool? Optional { get; set; }
}

/// <summary>An entry of a secret.</summary>
[Atomic]
public sealed partial class SecretKeySelector : ApiType
{
    /// <summary>The object, by name.</summary>
    [Inline(1)] public partial LocalObjectReference Reference { get; set; }

    /// <summary>The entry's key.</summary>
    [Field(2), Required]
    public partial string Key { get; set; }

    /// <summary>Whether it may be missing.</summary>
    [Field(3)] public partial bool? Optional { get; set; }
}

/// <summary>An entry of a file of variables in a volume.</summary>
[Atomic]
public sealed partial class FileKeySelector : ApiType
{
    /// <summary>The volume that has the file.</summary>
    [Field(1), Required]
    public partial string VolumeName { get; set; }

    /// <summary>The file's path in the volume.</summary>
    [Field(2), Required]
    public partial string Path { get; set; }

    /// <summary>The variable's name in the file.</summary>
    [Field(3), Required]
    public partial string Key { get; set; }

    /// <summary>Whether it may be missing.</summary>
    [Field(4)] public partial bool? Optional { get; set; }
}

/// <summary>A field of the pod.</summary>
[Atomic]
public sealed partial class ObjectFieldSelector : ApiType
{
    /// <summary>The version in which the path is meant; v1 when left out.</summary>
    [Field(1)] public partial string ApiVersion { get; set; }

    /// <summary>The path of the field, for example metadata.name.</summary>
    [Field(2), Required]
    public partial string FieldPath { get; set; }
}

/// <summary>A resource of a container.</summary>
[Atomic]
public sealed partial class ResourceFieldSelector : ApiType
{
    /// <summary>The container; may be left out in environment variables.</summary>
    [Field(1)] public partial string ContainerName { get; set; }

    /// <summary>The resource, for example limits.cpu.</summary>
    [Field(2), Required]
    public partial string Resource { get; set; }

    /// <summary>The unit in which it is told; 1 when left out.</summary>
    [Field(3)] public partial Quantity Divisor { get; set; }
}
