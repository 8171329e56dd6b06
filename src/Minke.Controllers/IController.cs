namespace Minke.Controllers;

/// <summary>
/// A controller: it adds its handlers to the shared informers when it is made and works from <see cref="RunAsync"/> on, which is called once the informers
/// have their first lists.
/// </summary>
public interface IController
{
    /// <summary>Works until cancelled.</summary>
    Task RunAsync(CancellationToken cancellationToken);
}
