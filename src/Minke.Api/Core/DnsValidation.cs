using Minke.Api.Selectors;

namespace Minke.Api.Core;

/// <summary>Checks how a pod resolves names.</summary>
internal static class DnsValidation
{
    private const int MaxNameservers = 3;
    private const int MaxSearches = 32;
    private const int MaxSearchChars = 2048;

    public static void Validate(PodSpec spec, FieldPath path, FieldErrors errors)
    {
        errors.CheckOneOf(path.Child("dnsPolicy"), spec.DnsPolicy, "ClusterFirst", "ClusterFirstWithHostNet", "Default", "None");
        var config = path.Child("dnsConfig");
        if (spec.DnsPolicy == "None" && spec.DnsConfig is null)
        {
            errors.Required(config, "must provide `dnsConfig` when `dnsPolicy` is None");
        }

        if (spec.DnsConfig is { } given)
        {
            CheckNameservers(given, spec.DnsPolicy, config.Child("nameservers"), errors);
            CheckSearches(given.Searches, config.Child("searches"), errors);
            for (var i = 0; i < given.Options.Count; i++)
            {
                errors.CheckRequired(config.Child("options").Index(i), given.Options[i].Name, "must not be empty");
            }
        }
    }

    private static void CheckNameservers(PodDNSConfig config, string policy, FieldPath path, FieldErrors errors)
    {
        if (policy == "None" && config.Nameservers.Count == 0)
        {
            errors.Required(path, "must provide at least one DNS nameserver when `dnsPolicy` is None");
        }

        if (config.Nameservers.Count > MaxNameservers)
        {
            errors.Invalid(path, string.Join(',', config.Nameservers), $"must not have more than {MaxNameservers} nameservers");
        }

        for (var i = 0; i < config.Nameservers.Count; i++)
        {
            errors.CheckAddress(path.Index(i), config.Nameservers[i]);
        }
    }

    private static void CheckSearches(ApiList<string> searches, FieldPath path, FieldErrors errors)
    {
        if (searches.Count > MaxSearches)
        {
            errors.Invalid(path, searches.Count, $"must not have more than {MaxSearches} search paths");
        }

        if (searches.Sum(search => search.Length) + Math.Max(0, searches.Count - 1) > MaxSearchChars)
        {
            errors.Invalid(path, searches.Count, $"must not have more than {MaxSearchChars} characters (including spaces) in the search list");
        }

        for (var i = 0; i < searches.Count; i++)
        {
            // The root domain alone, and the dot at the end, are how resolvers are told that a name is complete.
            var name = searches[i].EndsWith('.') ? searches[i][..^1] : searches[i];
            if (name.Length > 0)
            {
                errors.AddAll(path.Index(i), searches[i], NameSyntax.Dns1123Subdomain(name.Replace('_', 'a')));
            }
        }
    }
}
