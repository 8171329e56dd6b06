using System.Linq;

namespace Minke.Api.Generator;

/// <summary>Emits deep copy and deep freeze.</summary>
internal static class CopyEmitter
{
    public static void Emit(TypeModel type, SourceWriter source)
    {
        var mutable = type.Fields.Where(field => field.IsMutable).ToList();
        source.Open("internal override ApiType CloneCore()");
        source.Line($"var copy = ({type.Name})ShallowCopy();");
        foreach (var field in mutable)
        {
            source.Line($"copy.{field.Slot} = {field.Slot}?.Clone();");
        }

        source.Line("return copy;");
        source.Close();
        source.Line();
        source.Open("internal override void FreezeChildren()");
        foreach (var field in mutable)
        {
            source.Line($"{field.Slot}?.Freeze();");
        }

        source.Close();
        source.Line();
    }
}
