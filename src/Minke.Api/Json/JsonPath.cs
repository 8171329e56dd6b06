using System.Globalization;
using System.Text;

namespace Minke.Api;

/// <summary>Where a JSON reader stands, kept as cheaply as possible: the text is made only for a complaint.</summary>
internal sealed class JsonPath
{
    private Step[] _steps = new Step[16];
    private int _count;

    /// <summary>Whether the reader is at the fields of the document itself.</summary>
    public bool IsTop => _count == 0;

    public void PushField(ApiType owner, int index) => Push(new Step(owner, index, null));

    public void PushName(string name) => Push(new Step(null, 0, name));

    public void PushIndex() => Push(new Step(null, -1, null));

    public void NextIndex() => _steps[_count - 1].Index++;

    public void Pop() => _count--;

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (ref readonly var step in _steps.AsSpan(0, _count))
        {
            if (step.Owner is null && step.Name is null)
            {
                text.Append(CultureInfo.InvariantCulture, $"[{step.Index}]");
                continue;
            }

            if (text.Length > 0)
            {
                text.Append('.');
            }

            text.Append(step.Name ?? step.Owner!.Schema.Fields[step.Index].JsonName);
        }

        return text.ToString();
    }

    public string Child(string name) => _count == 0 ? name : $"{this}.{name}";

    private void Push(Step step)
    {
        if (_count == _steps.Length)
        {
            Array.Resize(ref _steps, _count * 2);
        }

        _steps[_count++] = step;
    }

    private record struct Step(ApiType? Owner, int Index, string? Name);
}
