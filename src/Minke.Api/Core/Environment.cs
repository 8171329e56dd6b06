namespace Minke.Api.Core;

public sealed partial class EnvVar : ApiType
{
    [Field(1), Required]
    public partial string Name { get; set; }

    [Field(2)] public partial string Value { get; set; }

    [Field(3)] public partial EnvVarSource? ValueFrom { get; set; }
}

public sealed partial class EnvVarSource : ApiType
{
    [Field(1)] public partial ObjectFieldSelector? FieldRef { get; set; }

    [Field(2)] public partial ResourceFieldSelector? ResourceFieldRef { get; set; }

    [Field(3)] public partial ConfigMapKeySelector? ConfigMapKeyRef { get; set; }

    [Field(4)] public partial SecretKeySelector? SecretKeyRef { get; set; }

    [Field(5)] public partial FileKeySelector? FileKeyRef { get; set; }
}

public sealed partial class EnvFromSource : ApiType
{
    [Field(1)] public partial string Prefix { get; set; }

    [Field(2)] public partial ConfigMapEnvSource? ConfigMapRef { get; set; }

    [Field(3)] public partial SecretEnvSource? SecretRef { get; set; }
}

public sealed partial class ConfigMapEnvSource : ApiType
{
    [Inline(1)] public partial LocalObjectReference Reference { get; set; }

    [Field(2)] public partial bool? Optional { get; set; }
}

public sealed partial class SecretEnvSource : ApiType
{
    [Inline(1)] public partial LocalObjectReference Reference { get; set; }

    [Field(2)] public partial bool? Optional { get; set; }
}

[Atomic]
public sealed partial class ConfigMapKeySelector : ApiType
{
    [Inline(1)] public partial LocalObjectReference Reference { get; set; }

    [Field(2), Required]
    public partial string Key { get; set; }

    [Field(3)] public partial bool? Optional { get; set; }
}

[Atomic]
public sealed partial class SecretKeySelector : ApiType
{
    [Inline(1)] public partial LocalObjectReference Reference { get; set; }

    [Field(2), Required]
    public partial string Key { get; set; }

    [Field(3)] public partial bool? Optional { get; set; }
}

[Atomic]
public sealed partial class FileKeySelector : ApiType
{
    [Field(1), Required]
    public partial string VolumeName { get; set; }

    [Field(2), Required]
    public partial string Path { get; set; }

    [Field(3), Required]
    public partial string Key { get; set; }

    [Field(4)] public partial bool? Optional { get; set; }
}

[Atomic]
public sealed partial class ObjectFieldSelector : ApiType
{
    [Field(1)] public partial string ApiVersion { get; set; }

    [Field(2), Required]
    public partial string FieldPath { get; set; }
}

[Atomic]
public sealed partial class ResourceFieldSelector : ApiType
{
    [Field(1)] public partial string ContainerName { get; set; }

    [Field(2), Required]
    public partial string Resource { get; set; }

    [Field(3)] public partial Quantity Divisor { get; set; }
}
