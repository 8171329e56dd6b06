namespace Minke.Api;

/// <summary>What to do about unknown and duplicate fields (the <c>fieldValidation</c> query parameter).</summary>
public enum FieldValidation
{
    /// <summary>Drop them.</summary>
    Ignore,
    /// <summary>Drop them and tell the client.</summary>
    Warn,
    /// <summary>Refuse the object.</summary>
    Strict,
}
