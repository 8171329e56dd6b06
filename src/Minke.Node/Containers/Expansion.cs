using System.Text;

namespace Minke.Node.Containers;

/// <summary>
/// Replaces <c>$(NAME)</c> in commands, arguments and values. <c>$$</c> is a dollar sign, and a reference to an unknown name stays as it is
/// (https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/).
/// </summary>
public static class Expansion
{
    public static string Expand(string text, IReadOnlyDictionary<string, string> values)
    {
        if (!text.Contains('$'))
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '$' || i + 1 == text.Length)
            {
                result.Append(text[i]);
            }
            else if (text[i + 1] == '$')
            {
                result.Append('$');
                i++;
            }
            else if (text[i + 1] == '(' && text.IndexOf(')', i + 2) is var end and > 0)
            {
                var name = text[(i + 2)..end];
                result.Append(values.TryGetValue(name, out var value) ? value : text[i..(end + 1)]);
                i = end;
            }
            else
            {
                result.Append('$');
            }
        }

        return result.ToString();
    }
}
