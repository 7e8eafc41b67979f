namespace Reverie.Yaml;

/// <summary>A text is not the YAML that is taken here.</summary>
/// <param name="line">Where, counted from 1.</param>
/// <param name="problem">What is wrong, in words a person can act on.</param>
public sealed class YamlTextException(long line, string problem) : Exception($"line {line}: {problem}")
{
    public long Line => line;

    public string Problem => problem;
}
