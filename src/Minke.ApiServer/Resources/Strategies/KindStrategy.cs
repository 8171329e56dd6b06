using Minke.Api;

namespace Minke.ApiServer.Resources.Strategies;

/// <summary>
/// What is special about writing one kind. Defaults and validation are not here; they belong to the kind's declaration. Objects named
/// <c>current</c> are frozen.
/// </summary>
public abstract class KindStrategy
{
    /// <summary>Whether <c>metadata.generation</c> counts the changes of the spec.</summary>
    public virtual bool CountsGenerations => false;

    /// <summary>What becomes of owned objects when the client does not say.</summary>
    public virtual PropagationPolicy DefaultPropagation => PropagationPolicy.Background;

    /// <summary>A deletion is answered with the object, also when it is gone at once.</summary>
    public virtual bool AnswersDeletionWithObject => false;

    /// <summary>Sets what a client must not choose, such as the status.</summary>
    public virtual void PrepareCreate(ApiObject item)
    {
    }

    /// <summary>Takes back what an update of the main part must not change.</summary>
    public virtual void PrepareUpdate(ApiObject desired, ApiObject current)
    {
    }

    /// <summary>Takes back what an update of the status must not change.</summary>
    public virtual void PrepareStatusUpdate(ApiObject desired, ApiObject current)
    {
    }

    /// <summary>Takes back what an update of the spec's finalizers must not change.</summary>
    public virtual void PrepareFinalize(ApiObject desired, ApiObject current)
    {
    }

    public virtual bool SpecChanged(ApiObject desired, ApiObject current) => false;

    /// <summary>How many seconds the object gets to end by itself; 0: it is deleted at once.</summary>
    public virtual long GracePeriodSeconds(ApiObject current, long? asked) => 0;

    /// <summary>Called when the deletion timestamp is set.</summary>
    public virtual void BeginDeletion(ApiObject item)
    {
    }

    /// <summary>Whether anything besides <c>metadata.finalizers</c> holds the object back.</summary>
    public virtual bool IsHeldBack(ApiObject item) => false;

    /// <exception cref="ApiException">The object must not be deleted at all.</exception>
    public virtual void CheckDeletion(ApiObject current)
    {
    }
}

/// <summary>The strategy of one C# type.</summary>
public abstract class KindStrategy<T> : KindStrategy where T : ApiObject
{
    public sealed override void PrepareCreate(ApiObject item) => PrepareCreate((T)item);

    public sealed override void PrepareUpdate(ApiObject desired, ApiObject current) => PrepareUpdate((T)desired, (T)current);

    public sealed override void PrepareStatusUpdate(ApiObject desired, ApiObject current) => PrepareStatusUpdate((T)desired, (T)current);

    public sealed override void PrepareFinalize(ApiObject desired, ApiObject current) => PrepareFinalize((T)desired, (T)current);

    public sealed override bool SpecChanged(ApiObject desired, ApiObject current) => SpecChanged((T)desired, (T)current);

    public sealed override long GracePeriodSeconds(ApiObject current, long? asked) => GracePeriodSeconds((T)current, asked);

    public sealed override void BeginDeletion(ApiObject item) => BeginDeletion((T)item);

    public sealed override bool IsHeldBack(ApiObject item) => IsHeldBack((T)item);

    protected virtual void PrepareCreate(T item)
    {
    }

    protected virtual void PrepareUpdate(T desired, T current)
    {
    }

    protected virtual void PrepareStatusUpdate(T desired, T current)
    {
    }

    protected virtual void PrepareFinalize(T desired, T current)
    {
    }

    protected virtual bool SpecChanged(T desired, T current) => false;

    protected virtual long GracePeriodSeconds(T current, long? asked) => 0;

    protected virtual void BeginDeletion(T item)
    {
    }

    protected virtual bool IsHeldBack(T item) => false;
}

/// <summary>For kinds without anything special.</summary>
public sealed class PlainStrategy : KindStrategy
{
    public static PlainStrategy Instance { get; } = new();
}
