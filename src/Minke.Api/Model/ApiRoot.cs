namespace Minke.Api;

/// <summary>A type that can be the top of a document and therefore carries <c>kind</c> and <c>apiVersion</c> on the wire; both follow from the type.</summary>
public abstract class ApiRoot : ApiType
{
    public abstract string Kind { get; }

    public abstract string ApiVersion { get; }
}

/// <summary>An object with metadata: the base of every kind.</summary>
public abstract class ApiObject : ApiRoot
{
    public abstract Meta.ObjectMeta Metadata { get; set; }

    public abstract KindInfo Info { get; }

    public override string Kind => Info.Kind;

    public override string ApiVersion => Info.ApiVersion;
}
