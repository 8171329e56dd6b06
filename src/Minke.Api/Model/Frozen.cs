using System.Diagnostics.CodeAnalysis;

namespace Minke.Api;

/// <summary>The empty values that frozen objects hand out for absent struct fields, and the refusal of writes.</summary>
internal static class Frozen
{
    public static T Empty<T>() where T : ApiType, new() => Holder<T>.Instance;

    [DoesNotReturn]
    public static void Throw(string what) =>
        throw new InvalidOperationException($"This {what} is frozen because it is shared with other readers; clone it to change it.");

    private static class Holder<T> where T : ApiType, new()
    {
        public static readonly T Instance = new T().Frozen();
    }
}
