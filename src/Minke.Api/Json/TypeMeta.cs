using System.Text.Json;

namespace Minke.Api;

/// <summary>What a JSON document calls itself; either part is empty when the document does not say.</summary>
public readonly record struct TypeMeta(string ApiVersion, string Kind)
{
    /// <summary>Reads only the two fields at the top of a document.</summary>
    /// <exception cref="ApiException">400: the bytes are not a JSON object, or a field is not a string.</exception>
    public static TypeMeta Peek(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = ApiLimits.MaxDepth });
        try
        {
            return Read(ref reader);
        }
        catch (JsonException exception)
        {
            throw ApiErrors.BadRequest("json: " + exception.Message, exception);
        }
        catch (InvalidOperationException exception)
        {
            // The reader's way to refuse text that is not Unicode.
            throw ApiErrors.BadRequest("json: the kind or the apiVersion is not valid text", exception);
        }
    }

    private static TypeMeta Read(ref Utf8JsonReader reader)
    {
        var found = new TypeMeta("", "");
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw ApiErrors.BadRequest("json: the document is not an object");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isKind, isVersion) = (reader.ValueTextEquals("kind"u8), reader.ValueTextEquals("apiVersion"u8));
            reader.Read();
            if (isKind || isVersion)
            {
                var text = reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw ApiErrors.BadRequest("json: kind and apiVersion must be strings");
                found = isKind ? found with { Kind = text } : found with { ApiVersion = text };
            }

            reader.Skip();
        }

        return found;
    }
}
