using System.Globalization;

namespace Minke.Api;

/// <summary>A number or a string, for example a port by number or by name. The default value is the number 0.</summary>
public readonly record struct IntOrString
{
    private readonly string? _text;

    public IntOrString(int value) => Number = value;

    public IntOrString(string value) => _text = value;

    public bool IsString => _text is not null;

    /// <summary>The number; 0 when the value is a string.</summary>
    public int Number { get; }

    /// <summary>The string; empty when the value is a number.</summary>
    public string Text => _text ?? "";

    public override string ToString() => _text ?? Number.ToString(CultureInfo.InvariantCulture);

    public static implicit operator IntOrString(int value) => new(value);

    public static implicit operator IntOrString(string value) => new(value);
}
