using Microsoft.CodeAnalysis;

namespace Minke.Api.Generator;

/// <summary>Which C# types a field may have, and the runtime codec of each.</summary>
internal static class FieldTypes
{
    public static (string FieldKind, string Codec) Describe(ITypeSymbol type, string fullName) => type.SpecialType switch
    {
        SpecialType.System_String => ("String", "StringCodec"),
        SpecialType.System_Boolean => ("Boolean", "BooleanCodec"),
        SpecialType.System_Int32 => ("Int32", "Int32Codec"),
        SpecialType.System_Int64 => ("Int64", "Int64Codec"),
        SpecialType.System_Double => ("Double", "DoubleCodec"),
        _ => type.Name switch
        {
            "ReadOnlyMemory" => ("Bytes", "BytesCodec"),
            "DateTimeOffset" => ("Time", "TimeCodec"),
            "MicroTime" => ("MicroTime", "MicroTimeCodec"),
            "Quantity" => ("Quantity", "QuantityCodec"),
            "IntOrString" => ("IntOrString", "IntOrStringCodec"),
            "RawJson" => ("Raw", "RawCodec"),
            _ => ("Object", $"ObjectCodec<{fullName}>"),
        },
    };
}
