namespace Minke.Store;

/// <summary>The data directory was written by a newer program or by another one; nothing was changed in it.</summary>
public sealed class StoreFormatException(string message) : Exception(message);
