namespace System.Runtime.CompilerServices;

/// <summary>Lets this netstandard2.0 assembly use records.</summary>
internal static class IsExternalInit;
