using Minke.Api;
using Minke.Api.Selectors;
using Minke.ApiServer.Cache;

namespace Minke.ApiServer.Resources;

/// <summary>Which objects of a kind a list, watch or collective deletion is about.</summary>
public sealed class Selection
{
    private readonly KindView _view;
    private readonly LabelQuery _labels;
    private readonly FieldQuery _fields;

    private Selection(KindView view, string ns, LabelQuery labels, FieldQuery fields)
    {
        _view = view;
        _labels = labels;
        _fields = fields;
        Namespace = ns.Length == 0 && view.Kind.Namespaced ? fields.RequiredValue("metadata.namespace") ?? "" : ns;
        Name = fields.RequiredValue("metadata.name") ?? "";
    }

    /// <summary>The only namespace that is looked into; empty: all.</summary>
    public string Namespace { get; }

    /// <summary>The only name that is looked for; empty: all.</summary>
    public string Name { get; }

    /// <summary>Whether an object is selected; null when all are.</summary>
    public Func<CachedObject, bool>? Predicate => _labels.IsEverything && _fields.IsEverything ? null : Matches;

    /// <summary>Reads selectors in the query form.</summary>
    /// <exception cref="ApiException">A selector cannot be read or names a field that cannot be selected by (400).</exception>
    public static Selection Parse(KindView view, string ns, string labelSelector, string fieldSelector)
    {
        try
        {
            var fields = FieldQuery.Parse(fieldSelector);
            view.Fields.Check(fields);
            return new Selection(view, ns, LabelQuery.Parse(labelSelector), fields);
        }
        catch (FormatException e)
        {
            throw ApiErrors.BadRequest(e.Message, e);
        }
    }

    private bool Matches(CachedObject item) =>
        _labels.Matches(item.Object.Metadata.Labels) && _view.Fields.Matches(_fields, item.Object);
}
