using System.Text;
using System.Text.RegularExpressions;

namespace Reverie.Tools;

/// <summary>A pattern of paths: <c>*</c> and <c>?</c> within a name, <c>**</c> for any directories, <c>[a-z]</c>, <c>{one,other}</c>, <c>\</c> before what is meant as it is.</summary>
internal sealed class GlobPattern
{
    private const int CharactersMax = 1_000;
    private readonly Regex _regex;

    private GlobPattern(Regex regex) => _regex = regex;

    /// <exception cref="ToolInputException">It is no pattern, or leads out of the directory.</exception>
    public static GlobPattern Parse(string pattern)
    {
        if (pattern.Length > CharactersMax) throw new ToolInputException($"glob: pattern is longer than {CharactersMax} characters");
        if (pattern.StartsWith('/')) throw new ToolInputException("glob: pattern must be relative; give the directory as path");
        if (pattern.Split('/').Contains("..")) throw new ToolInputException("glob: pattern must not contain ..");
        try
        {
            return new(new(Translate(pattern.StartsWith("./", StringComparison.Ordinal) ? pattern[2..] : pattern), RegexOptions.NonBacktracking | RegexOptions.Singleline | RegexOptions.CultureInvariant));
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            throw new ToolInputException($"glob: invalid pattern: {pattern}");
        }
    }

    /// <summary>True when the whole relative path matches.</summary>
    public bool IsMatch(string path) => _regex.IsMatch(path);

    private static string Translate(string pattern)
    {
        var regex = new StringBuilder("^");
        var depth = 0;
        for (var at = 0; at < pattern.Length; at++)
        {
            var isAtStart = at == 0 || pattern[at - 1] == '/';
            switch (pattern[at])
            {
                case '*' when isAtStart && pattern.AsSpan(at).StartsWith("**/"):
                    regex.Append("(?:.*/)?");
                    at += 2;
                    break;
                case '*' when isAtStart && pattern.AsSpan(at) is "**":
                    regex.Append(".*");
                    at++;
                    break;
                case '*':
                    regex.Append("[^/]*");
                    break;
                case '?':
                    regex.Append("[^/]");
                    break;
                case '[':
                    at = AppendClass(regex, pattern, at);
                    break;
                case '{':
                    depth++;
                    regex.Append("(?:");
                    break;
                case '}' when depth > 0:
                    depth--;
                    regex.Append(')');
                    break;
                case ',' when depth > 0:
                    regex.Append('|');
                    break;
                case '\\' when at + 1 < pattern.Length:
                    regex.Append(Regex.Escape(pattern[++at].ToString()));
                    break;
                default:
                    regex.Append(Regex.Escape(pattern[at].ToString()));
                    break;
            }
        }
        return depth == 0 ? regex.Append('$').ToString() : throw new ArgumentException("a brace is open", nameof(pattern));
    }

    private static int AppendClass(StringBuilder regex, string pattern, int at)
    {
        var end = pattern.IndexOf(']', Math.Min(pattern.Length, at + 2));
        if (end < 0) throw new ArgumentException("a bracket is open", nameof(pattern));
        var inside = pattern[(at + 1)..end];
        var isNegated = inside.StartsWith('!') || inside.StartsWith('^');
        var members = (isNegated ? inside[1..] : inside).Replace(@"\", @"\\").Replace("[", @"\[").Replace("^", @"\^");
        regex.Append(isNegated ? $"[^/{members}]" : $"[{members}]");
        return end;
    }
}
