using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Minke.Api.Meta;

namespace Minke.Api;

/// <summary>
/// Collects what is wrong with an object, field by field, with the reasons and the message shapes that clients of Kubernetes know
/// (apimachinery's field.ErrorList). They become the causes of a 422 answer by <see cref="ApiErrors.Invalid"/>.
/// </summary>
public sealed class FieldErrors
{
    // A hostile object must not be able to make the answer larger than itself.
    private const int MaxCauses = 100;
    private readonly List<StatusCause> _causes = [];

    public bool Any => _causes.Count > 0;

    public IReadOnlyList<StatusCause> Causes => _causes;

    public void Required(FieldPath field, string detail = "") => Add("FieldValueRequired", field, Join("Required value", detail));

    public void Invalid(FieldPath field, object? value, string detail) => Add("FieldValueInvalid", field, Join("Invalid value: " + Show(value), detail));

    public void TypeInvalid(FieldPath field, object? value, string detail) => Add("FieldValueTypeInvalid", field, Join("Invalid value: " + Show(value), detail));

    public void Duplicate(FieldPath field, object? value) => Add("FieldValueDuplicate", field, "Duplicate value: " + Show(value));

    public void NotFound(FieldPath field, object? value) => Add("FieldValueNotFound", field, "Not found: " + Show(value));

    public void NotSupported(FieldPath field, object? value, params IEnumerable<string> supported) =>
        Add("FieldValueNotSupported", field, $"Unsupported value: {Show(value)}: supported values: {string.Join(", ", supported.Order(StringComparer.Ordinal).Select(Quote))}");

    public void Forbidden(FieldPath field, string detail) => Add("FieldValueForbidden", field, Join("Forbidden", detail));

    public void TooLong(FieldPath field, int maxBytes) =>
        Add("FieldValueTooLong", field, string.Create(CultureInfo.InvariantCulture, $"Too long: may not be more than {maxBytes} bytes"));

    public void TooMany(FieldPath field, int actual, int max) =>
        Add("FieldValueTooMany", field, string.Create(CultureInfo.InvariantCulture, $"Too many: {actual}: must have at most {max} items"));

    /// <summary>The field may not change once it is set.</summary>
    public void Immutable(FieldPath field, object? value) => Invalid(field, value, "field is immutable");

    private void Add(string reason, FieldPath field, string message)
    {
        if (_causes.Count < MaxCauses)
        {
            _causes.Add(new StatusCause { Reason = reason, Message = message, Field = field.ToString() });
        }
    }

    private static string Join(string message, string detail) => detail.Length == 0 ? message : $"{message}: {detail}";

    private static string Show(object? value) => value switch
    {
        null => "null",
        string text => Quote(text),
        bool flag => flag ? "true" : "false",
        int or long => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        _ => Quote(value.ToString() ?? ""),
    };

    private static string Quote(string text)
    {
        const int Longest = 256;
        var shown = text.Length > Longest ? text[..Longest] + "…" : text;
        return $"\"{JsonEncodedText.Encode(shown, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
    }
}
