namespace Minke.Api.OpenApi;

/// <summary>Where the two versions of OpenAPI say the same thing differently.</summary>
internal enum OpenApiDialect
{
    V2,
    V3,
}

internal static class OpenApiDialectExtensions
{
    public static string Reference(this OpenApiDialect dialect, string schemaName) =>
        (dialect == OpenApiDialect.V2 ? "#/definitions/" : "#/components/schemas/") + schemaName;
}
