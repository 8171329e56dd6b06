namespace Minke.Api;

/// <summary>What one decoding remembers beside the reader: where it is, what it found wrong, and how much it may still make.</summary>
internal sealed class JsonDecoding(FieldValidation validation)
{
    private int _nodes;

    public JsonPath Path { get; } = new();

    /// <summary>Unknown and duplicate fields, in the order found.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>The document's own word on what it is; empty when it has none.</summary>
    public string Kind { get; set; } = "";

    public string ApiVersion { get; set; } = "";

    public void Complain(string what, string name)
    {
        if (validation != FieldValidation.Ignore && Complaints.Count < ApiLimits.MaxFieldComplaints)
        {
            Complaints.Add($"{what} field \"{Path.Child(name)}\"");
        }
    }

    /// <exception cref="ApiException">413: the document holds too many values.</exception>
    public void CountNode()
    {
        if (++_nodes > ApiLimits.MaxNodes)
        {
            throw ApiErrors.TooLarge($"the object has more than {ApiLimits.MaxNodes} list elements and map entries");
        }
    }
}
