using System.IO.Compression;
using System.Text;
using Reverie.Workplaces;
using Reverie.Workplaces.Places;

var options = new Dictionary<string, string>();
for (var i = 0; i < args.Length; i++)
{
    if (!args[i].StartsWith("--", StringComparison.Ordinal) || i + 1 == args.Length)
        return Usage();
    options[args[i][2..]] = args[++i];
}
if (!options.TryGetValue("out", out var target) || options.Keys.Except(["out", "seeds", "difficulty", "workplace", "oracle"]).Any())
    return Usage();

var span = options.GetValueOrDefault("seeds", "1").Split('-').Select(int.Parse).ToArray();
var levels = options.GetValueOrDefault("difficulty", "all") is var asked and not "all"
    ? [Enum.Parse<Level>(asked, ignoreCase: true)]
    : Enum.GetValues<Level>();
var places = Catalogue.All.Where(p => options.GetValueOrDefault("workplace", p.Name).Split(',').Contains(p.Name)).ToList();
if (places.Count == 0)
{
    await Console.Error.WriteLineAsync($"no such workplace; there are {string.Join(", ", Catalogue.All.Select(p => p.Name))}");
    return 2;
}

var doubts = 0;
foreach (var place in places)
    for (var seed = span[0]; seed <= span[^1]; seed++)
        foreach (var level in levels)
        {
            var world = new World(place, seed, level);
            var home = Path.Combine(target, world.Name);
            Save(Path.Combine(home, "memory"), world.Store.Files(after: false));
            await using (var file = File.Create(Path.Combine(home, "sessions.jsonl.gz")))
            await using (var zip = new GZipStream(file, CompressionLevel.Optimal))
                foreach (var session in world.Sessions)
                    await zip.WriteAsync(Encoding.UTF8.GetBytes(session.ToJsonString(Play.Json) + "\n"));
            await File.WriteAllTextAsync(Path.Combine(home, "truth.json"), world.Truth().ToJsonString(new(Play.Json) { WriteIndented = true }) + "\n");
            foreach (var doubt in world.Doubts())
            {
                doubts++;
                await Console.Error.WriteLineAsync(doubt);
            }
            if (options.TryGetValue("oracle", out var oracle))
            {
                var (after, report) = Oracle.Dream(world);
                var dream = Path.Combine(oracle, world.Name);
                Save(Path.Combine(dream, "memory"), after);
                await File.WriteAllTextAsync(Path.Combine(dream, "report.json"), report.ToJsonString(Play.Json));
            }
        }
return doubts == 0 ? 0 : 1;

static void Save(string root, SortedDictionary<string, string> files)
{
    if (Directory.Exists(root))
        Directory.Delete(root, recursive: true);
    foreach (var (path, text) in files)
    {
        var full = Path.Combine(root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}

static int Usage()
{
    Console.Error.WriteLine("usage: Reverie.Workplaces --out DIR [--seeds 1-3] [--difficulty easy|medium|hard|all] [--workplace NAME[,NAME]] [--oracle DIR]");
    return 2;
}
