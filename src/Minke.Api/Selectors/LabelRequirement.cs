using System.Globalization;

namespace Minke.Api.Selectors;

/// <summary>How a requirement relates a label to its values.</summary>
public enum LabelOperator
{
    Equals,
    DoubleEquals,
    NotEquals,
    In,
    NotIn,
    Exists,
    DoesNotExist,
    GreaterThan,
    LessThan,
}

/// <summary>One condition on one label. Immutable.</summary>
public sealed class LabelRequirement
{
    private const int BinarySearchFrom = 8;

    private readonly string[] _values; // sorted ordinally, without duplicates
    private readonly long _number; // the value of GreaterThan and LessThan

    private LabelRequirement(string key, LabelOperator op, string[] values, long number)
    {
        Key = key;
        Operator = op;
        _values = values;
        _number = number;
    }

    public string Key { get; }
    public LabelOperator Operator { get; }
    /// <summary>Sorted ordinally, without duplicates.</summary>
    public IReadOnlyList<string> Values => _values;

    /// <summary>Makes a requirement of checked parts.</summary>
    /// <exception cref="FormatException">The key or a value is not valid, or the number of values does not fit the operator.</exception>
    public static LabelRequirement Create(string key, LabelOperator op, IEnumerable<string> values)
    {
        var sorted = values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        List<string> complaints = [];
        if (NameSyntax.LabelKey(key) is { Count: > 0 } inKey)
        {
            complaints.Add($"key: Invalid value: {GoQuote.Of(key)}: {string.Join("; ", inKey)}");
        }

        AddCountComplaint(op, sorted, complaints);
        var number = AddNumberComplaint(op, sorted, complaints);
        for (var i = 0; i < sorted.Length; i++)
        {
            if (NameSyntax.LabelValue(sorted[i]) is { Count: > 0 } inValue)
            {
                complaints.Add($"values[{i}][{key}]: Invalid value: {GoQuote.Of(sorted[i])}: {string.Join("; ", inValue)}");
            }
        }

        return complaints.Count switch
        {
            0 => new LabelRequirement(key, op, sorted, number),
            1 => throw new FormatException(complaints[0]),
            _ => throw new FormatException($"[{string.Join(", ", complaints)}]"),
        };
    }

    /// <summary>A requirement that a label has one value. The parts are taken as they are: an invalid value simply matches nothing.</summary>
    public static LabelRequirement Equality(string key, string value) => new(key, LabelOperator.Equals, [value], 0);

    public bool Matches(IReadOnlyDictionary<string, string> labels)
    {
        var exists = labels.TryGetValue(Key, out var value);
        return Operator switch
        {
            LabelOperator.Equals or LabelOperator.DoubleEquals or LabelOperator.In => exists && HasValue(value!),
            LabelOperator.NotEquals or LabelOperator.NotIn => !exists || !HasValue(value!),
            LabelOperator.Exists => exists,
            LabelOperator.DoesNotExist => !exists,
            LabelOperator.GreaterThan => exists && TryParseNumber(value!, out var number) && number > _number,
            LabelOperator.LessThan => exists && TryParseNumber(value!, out var number) && number < _number,
            _ => false,
        };
    }

    /// <summary>The query form, which <see cref="LabelQuery.Parse"/> reads back.</summary>
    public override string ToString() => Operator switch
    {
        LabelOperator.Exists => Key,
        LabelOperator.DoesNotExist => "!" + Key,
        LabelOperator.In => $"{Key} in ({string.Join(',', _values)})",
        LabelOperator.NotIn => $"{Key} notin ({string.Join(',', _values)})",
        LabelOperator.Equals => $"{Key}={_values[0]}",
        LabelOperator.DoubleEquals => $"{Key}=={_values[0]}",
        LabelOperator.NotEquals => $"{Key}!={_values[0]}",
        LabelOperator.GreaterThan => $"{Key}>{_values[0]}",
        _ => $"{Key}<{_values[0]}",
    };

    internal static bool TryParseNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);

    private bool HasValue(string value)
    {
        if (_values.Length >= BinarySearchFrom)
        {
            return Array.BinarySearch(_values, value, StringComparer.Ordinal) >= 0;
        }

        foreach (var candidate in _values)
        {
            if (string.Equals(candidate, value, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static void AddCountComplaint(LabelOperator op, string[] values, List<string> complaints)
    {
        var rule = op switch
        {
            LabelOperator.In or LabelOperator.NotIn when values.Length == 0 => "for 'in', 'notin' operators, values set can't be empty",
            LabelOperator.Equals or LabelOperator.DoubleEquals or LabelOperator.NotEquals when values.Length != 1 =>
                "exact-match compatibility requires one single value",
            LabelOperator.Exists or LabelOperator.DoesNotExist when values.Length != 0 => "values set must be empty for exists and does not exist",
            LabelOperator.GreaterThan or LabelOperator.LessThan when values.Length != 1 => "for 'Gt', 'Lt' operators, exactly one value is required",
            _ => null,
        };
        if (rule is not null)
        {
            complaints.Add($"values: Invalid value: [{string.Join(',', values.Select(GoQuote.Of))}]: {rule}");
        }
    }

    private static long AddNumberComplaint(LabelOperator op, string[] values, List<string> complaints)
    {
        long number = 0;
        if (op is not (LabelOperator.GreaterThan or LabelOperator.LessThan))
        {
            return number;
        }

        for (var i = 0; i < values.Length; i++)
        {
            if (!TryParseNumber(values[i], out number))
            {
                complaints.Add($"values[{i}]: Invalid value: {GoQuote.Of(values[i])}: for 'Gt', 'Lt' operators, the value must be an integer");
            }
        }

        return number;
    }
}
