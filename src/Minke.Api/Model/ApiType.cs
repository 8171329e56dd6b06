using System.Runtime.CompilerServices;

namespace Minke.Api;

/// <summary>
/// The base of every declared API type. A value is mutable until it is frozen; from then on every setter, and every change to its lists and
/// maps, throws. Freezing is what makes it safe to share one object between the cache and all of its readers. Not thread-safe while mutable.
/// </summary>
public abstract class ApiType
{
    private bool _frozen;

    public bool IsFrozen => _frozen;

    /// <summary>What the declaration says about this type; generated.</summary>
    public abstract TypeSchema Schema { get; }

    /// <summary>Makes this value and everything below it immutable, for good.</summary>
    public void Freeze()
    {
        if (_frozen)
        {
            return;
        }

        _frozen = true;
        FreezeChildren();
    }

    /// <summary>A deep, mutable copy.</summary>
    internal abstract ApiType CloneCore();

    internal abstract void FreezeChildren();

    /// <summary>Writes the fields, without the braces around them.</summary>
    internal abstract void WriteJsonFields(JsonSink sink);

    /// <summary>The place of a JSON field among <see cref="TypeSchema.Fields"/>, or -1.</summary>
    internal abstract int FindField(ReadOnlySpan<byte> name);

    /// <summary>Reads the value of the field at a place that <see cref="FindField"/> told.</summary>
    internal abstract void ReadJsonField(int index, ref JsonSource source);

    /// <summary>Writes the fields from the highest number to the lowest.</summary>
    internal abstract void WriteProtoFields(ProtoSink sink);

    /// <summary>Reads the current field; false when the type has no field of this number.</summary>
    internal abstract bool ReadProtoField(int number, ref ProtoSource source);

    /// <summary>A mutable copy that still shares children with this value; generated code then clones those.</summary>
    internal ApiType ShallowCopy()
    {
        var copy = (ApiType)MemberwiseClone();
        copy._frozen = false;
        return copy;
    }

    /// <exception cref="InvalidOperationException">The value is frozen.</exception>
    internal void ThrowIfFrozen()
    {
        if (_frozen)
        {
            Frozen.Throw(GetType().Name);
        }
    }

    /// <summary>The value of a field that is a struct in Go: made when first read, so that it is never null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal T Own<T>(ref T? slot) where T : ApiType, new() => slot ?? (_frozen ? Frozen.Empty<T>() : slot = new T());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ApiList<T> Own<T>(ref ApiList<T>? slot) => slot ?? (_frozen ? ApiList<T>.FrozenEmpty : slot = []);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ApiMap<T> Own<T>(ref ApiMap<T>? slot) => slot ?? (_frozen ? ApiMap<T>.FrozenEmpty : slot = []);
}

public static class ApiTypeExtensions
{
    /// <summary>A deep copy that may be changed, also when <paramref name="value"/> is frozen.</summary>
    public static T Clone<T>(this T value) where T : ApiType => (T)value.CloneCore();

    /// <summary>Freezes and returns the value, for use in expressions.</summary>
    public static T Frozen<T>(this T value) where T : ApiType
    {
        value.Freeze();
        return value;
    }
}
