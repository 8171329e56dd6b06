using Minke.Api;

namespace Minke.ApiServer.Tables;

/// <summary>A mark on a row, by which kubectl can tell finished objects.</summary>
public readonly record struct RowCondition(string Type, string Reason, string Message);

/// <summary>How objects of one kind are shown in a table.</summary>
public sealed class TablePrinter
{
    private readonly Action<TableRow, ApiObject> _cells;
    private readonly Func<ApiObject, RowCondition?> _condition;

    private TablePrinter(IReadOnlyList<TableColumn> columns, Action<TableRow, ApiObject> cells, Func<ApiObject, RowCondition?> condition)
    {
        Columns = columns;
        _cells = cells;
        _condition = condition;
    }

    /// <summary>Name and age, for kinds without columns of their own.</summary>
    public static TablePrinter Default { get; } = new(
        [TableColumn.NameColumn, TableColumn.AgeColumn],
        (row, item) =>
        {
            row.Name(item);
            row.Age(item);
        },
        _ => null);

    public IReadOnlyList<TableColumn> Columns { get; }

    /// <param name="cells">Writes as many cells as there are columns.</param>
    public static TablePrinter For<T>(IReadOnlyList<TableColumn> columns, Action<TableRow, T> cells, Func<T, RowCondition?>? condition = null)
        where T : ApiObject =>
        new(columns, (row, item) => cells(row, (T)item), item => condition?.Invoke((T)item));

    public void WriteCells(TableRow row, ApiObject item) => _cells(row, item);

    public RowCondition? ConditionOf(ApiObject item) => _condition(item);
}
