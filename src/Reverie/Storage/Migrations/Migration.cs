namespace Reverie.Storage.Migrations;

/// <summary>One numbered step of the schema, forward only. Both databases have the same numbers.</summary>
/// <param name="Number">1 and up, without gaps.</param>
/// <param name="Sql">Its statements.</param>
internal sealed record Migration(int Number, string Sql)
{
    /// <summary>The steps of a database, in order.</summary>
    public static IReadOnlyList<Migration> Of(Dialect dialect)
    {
        var assembly = typeof(Migration).Assembly;
        var folder = $"{typeof(Migration).Namespace}.{dialect.Name}.";
        var steps = new List<Migration>();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var text = new StreamReader(assembly.GetManifestResourceStream(name)!);
            steps.Add(new Migration(int.Parse(name.AsSpan(folder.Length, 4)), text.ReadToEnd()));
        }
        return steps;
    }
}
