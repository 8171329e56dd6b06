using System.Net;
using Minke.Api.Selectors;

namespace Minke.Api.Core;

/// <summary>Checks that many fields share, with the messages that Kubernetes gives.</summary>
internal static class FieldChecks
{
    extension(FieldErrors errors)
    {
        /// <summary>Adds every complaint about a value.</summary>
        public void AddAll(FieldPath path, string value, IReadOnlyList<string> complaints)
        {
            foreach (var complaint in complaints)
            {
                errors.Invalid(path, value, complaint);
            }
        }

        public void CheckNonNegative(FieldPath path, long value)
        {
            if (value < 0)
            {
                errors.Invalid(path, value, "must be greater than or equal to 0");
            }
        }

        public void CheckPositive(FieldPath path, long value)
        {
            if (value <= 0)
            {
                errors.Invalid(path, value, "must be greater than 0");
            }
        }

        public void CheckRange(FieldPath path, long value, long low, long high)
        {
            if (value < low || value > high)
            {
                errors.Invalid(path, value, NameSyntax.InclusiveRange(low, high));
            }
        }

        public void CheckPort(FieldPath path, int port) => errors.CheckRange(path, port, 1, 65535);

        /// <summary>A port by its number or by the name of a container's port.</summary>
        public void CheckPort(FieldPath path, IntOrString port)
        {
            if (port.IsString)
            {
                errors.AddAll(path, port.Text, NameSyntax.PortName(port.Text));
            }
            else
            {
                errors.CheckPort(path, port.Number);
            }
        }

        /// <summary>A value out of a list; absence is a complaint of its own.</summary>
        public void CheckOneOf(FieldPath path, string value, params IReadOnlyList<string> supported)
        {
            if (value.Length == 0)
            {
                errors.Required(path);
            }
            else if (!supported.Contains(value))
            {
                errors.NotSupported(path, value, supported);
            }
        }

        /// <summary>A value out of a list, or none.</summary>
        public void CheckOptionalOneOf(FieldPath path, string? value, params IReadOnlyList<string> supported)
        {
            if (value is not null && !supported.Contains(value))
            {
                errors.NotSupported(path, value, supported);
            }
        }

        public void CheckRequired(FieldPath path, string value, string detail = "")
        {
            if (value.Length == 0)
            {
                errors.Required(path, detail);
            }
        }

        /// <summary>The name of another object.</summary>
        public void CheckReference(FieldPath path, string name)
        {
            if (name.Length == 0)
            {
                errors.Required(path);
            }
            else
            {
                errors.AddAll(path, name, NameSyntax.Dns1123Subdomain(name));
            }
        }

        public void CheckAddress(FieldPath path, string address)
        {
            if (!IsAddress(address))
            {
                errors.Invalid(path, address, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
            }
        }

        public void CheckLabels(FieldPath path, ApiMap<string> labels)
        {
            foreach (var (key, value) in labels)
            {
                errors.AddAll(path, key, NameSyntax.LabelKey(key));
                errors.AddAll(path, value, NameSyntax.LabelValue(value));
            }
        }

        public void CheckAnnotations(FieldPath path, ApiMap<string> annotations)
        {
            const int MaxTotalBytes = 256 * 1024;
            long bytes = 0;
            foreach (var (key, value) in annotations)
            {
                errors.AddAll(path, key, NameSyntax.LabelKey(key.ToLowerInvariant()));
                bytes += System.Text.Encoding.UTF8.GetByteCount(key) + System.Text.Encoding.UTF8.GetByteCount(value);
            }

            if (bytes > MaxTotalBytes)
            {
                errors.TooLong(path, MaxTotalBytes);
            }
        }
    }

    /// <summary>Whether two values say the same, field by field.</summary>
    public static bool Same(ApiType? one, ApiType? other) =>
        one is null || other is null
            ? ReferenceEquals(one, other)
            : ApiJson.EncodeValue(one).AsSpan().SequenceEqual(ApiJson.EncodeValue(other));

    /// <summary>An IPv4 address in four decimal parts, or an IPv6 address.</summary>
    public static bool IsAddress(string text)
    {
        if (!IPAddress.TryParse(text, out var address) || text.Contains('%'))
        {
            return false;
        }

        return text.Contains(':') || address.ToString() == text;
    }
}
