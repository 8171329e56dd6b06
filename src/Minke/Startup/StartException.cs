namespace Minke.Startup;

/// <summary>Minke cannot do what it was asked; the message is one sentence for the user that says what to do.</summary>
internal sealed class StartException(string message, Exception? inner = null) : Exception(message, inner);
