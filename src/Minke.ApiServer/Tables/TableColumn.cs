namespace Minke.ApiServer.Tables;

/// <summary>A column of a printed table.</summary>
/// <param name="Type">The JSON type of its cells: <c>string</c> or <c>integer</c>.</param>
/// <param name="Priority">0: always shown; 1: shown with <c>-o wide</c>.</param>
public readonly record struct TableColumn(string Name, string Description, string Type = "string", int Priority = 0)
{
    /// <summary>The first column of almost every table.</summary>
    public static TableColumn NameColumn { get; } = new("Name", "The object's name, unique among its kind in a namespace.");

    /// <summary>How long ago the object was created.</summary>
    public static TableColumn AgeColumn { get; } = new("Age", "The time since the object was created.");

    /// <summary>Clients recognize the name's column by its format.</summary>
    public string Format => Name == "Name" && Priority == 0 ? "name" : "";
}
