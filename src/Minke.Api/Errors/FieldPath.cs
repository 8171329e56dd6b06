using System.Globalization;

namespace Minke.Api;

/// <summary>Where in an object a value stands, for example <c>spec.containers[0].name</c>. Immutable; the text is made only when asked for.</summary>
public sealed class FieldPath
{
    private readonly FieldPath? _parent;
    private readonly string _segment;

    private FieldPath(FieldPath? parent, string segment) => (_parent, _segment) = (parent, segment);

    public static FieldPath Root(string name) => new(null, name);

    public FieldPath Child(string name) => new(this, "." + name);

    public FieldPath Index(int index) => new(this, string.Create(CultureInfo.InvariantCulture, $"[{index}]"));

    public FieldPath Key(string key) => new(this, $"[{key}]");

    public override string ToString() => _parent is null ? _segment : _parent.ToString() + _segment;

    public static implicit operator FieldPath(string name) => Root(name);
}
