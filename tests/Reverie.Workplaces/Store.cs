using System.Text;

namespace Reverie.Workplaces;

/// <summary>One entry of the memory store; the truth file quotes <see cref="Text"/>.</summary>
internal sealed class Entry(Page page, string path, string text)
{
    public Page Page { get; } = page;
    public string Path { get; } = path;
    public string Text { get; } = text;
    /// <summary>What the entry reads like after an ideal dream; null when it is gone.</summary>
    public string? After { get; set; } = text;
}

/// <summary>The memory store: entries placed on pages, before and after an ideal dream.</summary>
internal sealed class Store
{
    private readonly Workplace _place;
    private readonly Dice _dice;
    private readonly Queue<string> _solo;
    private readonly List<Entry> _entries = [];

    public Store(Workplace place, Dice dice)
    {
        _place = place;
        _dice = dice;
        _solo = new Queue<string>(dice.Shuffled(place.SoloPaths));
    }

    public IEnumerable<string> SoloFiles => _place.SoloPaths.Order(StringComparer.Ordinal);

    public IEnumerable<Entry> Entries => _entries;

    /// <summary>Adds a fact in one of the workplace's phrasings.</summary>
    public Entry Fact(string subject, string value, string[]? phrases = null)
    {
        var (page, path) = Spot(sentences: false);
        return Put(page, path, Render(page, subject, value, phrases));
    }

    public string Render(Page page, string subject, string value, string[]? phrases = null) => page.Layout switch
    {
        Layout.Table => $"| {subject} | {value} |",
        Layout.Csv => $"{subject};{value}",
        Layout.Wide => Wide(subject, value),
        Layout.Nested => $"{Capital(subject)}\n  - {value}",
        Layout.KeyValue => $"{subject.Replace(' ', '_')} = {value}",
        Layout.Headings => $"## {Capital(subject)}\n\n{Capital(value)}.",
        Layout.Definitions => $"{Capital(subject)}\n: {Capital(value)}.",
        Layout.Questions => $"Q: What about the {subject}?\nA: {Capital(value)}.",
        _ => Phrase(_dice.Pick(phrases ?? _place.Phrases), subject, value),
    };

    private static string Wide(string subject, string value)
    {
        var row = $"| {subject} | {value} | ";
        return row + DayOf(row) + Dice.From(row).Expand(" | {ab|cd|ef|gh} |");
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    public Entry For(string subject, string what, string value)
    {
        var (page, path) = Spot(sentences: true);
        return Put(page, path, Phrase(_place.ForPhrases[0], subject, value).Replace("{q}", what));
    }

    public Entry Sentence(string text)
    {
        var (page, path) = Spot(sentences: true);
        return Put(page, path, text);
    }

    public static string Phrase(string template, string subject, string value) => template
        .Replace("{s}", subject)
        .Replace("{S}", Capital(subject))
        .Replace("{v}", value)
        .Replace("{V}", Capital(value));

    /// <summary>The rows of one page are mixed, so that related entries do not stand together.</summary>
    public void Mix()
    {
        var mixed = _dice.Shuffled(_entries);
        _entries.Clear();
        _entries.AddRange(mixed);
    }

    public SortedDictionary<string, string> Files(bool after)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var group in _entries.GroupBy(e => e.Path))
        {
            var texts = group.Select(e => after ? e.After : e.Text).OfType<string>().ToList();
            if (texts.Count > 0)
                files[group.Key] = Write(group.First().Page, texts);
        }
        return files;
    }

    private Entry Put(Page page, string path, string text)
    {
        var entry = new Entry(page, path, text);
        _entries.Add(entry);
        return entry;
    }

    private (Page Page, string Path) Spot(bool sentences)
    {
        if (_solo.Count > 0 && _dice.Chance(0.4))
            return (_place.Solo, _solo.Dequeue());
        var pages = _place.Pages.Where(p => !sentences || p.Layout is not (Layout.Table or Layout.Wide or Layout.Csv or Layout.Nested or Layout.KeyValue or Layout.Headings or Layout.Definitions or Layout.Questions or Layout.Changelog)).ToList();
        var page = _dice.Pick(pages);
        return (page, page.Path);
    }

    /// <summary>Fills the files of one entry that are still empty.</summary>
    public bool MoreSolo => _solo.Count > 0;

    public Entry SoloFact(string subject, string value, string[]? phrases = null) =>
        Put(_place.Solo, _solo.Dequeue(), Phrase(_dice.Pick(phrases ?? _place.Phrases), subject, value));

    private static string Write(Page page, List<string> texts)
    {
        var made = new StringBuilder();
        if (page.Front.Length > 0)
            made.Append("---\n").Append(page.Front).Append("\n---\n");
        if (page.Head.Length > 0)
            made.Append(page.Head).Append("\n\n");
        var sections = page.Sections ?? [""];
        var perSection = (texts.Count + sections.Length - 1) / sections.Length;
        for (var s = 0; s < sections.Length; s++)
        {
            var part = texts.Skip(s * perSection).Take(perSection).ToList();
            if (part.Count == 0)
                continue;
            if (sections[s].Length > 0)
                made.Append(s == 0 ? "" : "\n").Append(sections[s]).Append("\n\n");
            if (page.Layout == Layout.Table)
                made.Append("| what | value |\n| --- | --- |\n");
            else if (page.Layout == Layout.Wide)
                made.Append("| what | value | noted | by |\n| --- | --- | --- | --- |\n");
            for (var i = 0; i < part.Count; i++)
            {
                made.Append(page.Layout switch
                {
                    Layout.Dash or Layout.Nested => "- " + part[i],
                    Layout.Star => "* " + part[i],
                    Layout.Plus => "+ " + part[i],
                    Layout.Numbered => $"{i + 1}. {part[i]}",
                    Layout.Tasks => "- [x] " + part[i],
                    Layout.Changelog => $"- {DayOf(part[i])}: {part[i]}",
                    _ => part[i],
                }).Append('\n');
                if (page.Layout is Layout.Paragraphs or Layout.Headings or Layout.Definitions or Layout.Questions && i < part.Count - 1)
                    made.Append('\n');
            }
        }
        return page.CrLf ? made.ToString().Replace("\n", "\r\n") : made.ToString();
    }

    /// <summary>The day an entry was written down: it stays when a note is put behind the entry.</summary>
    private static string DayOf(string text) => Dice.From(text[..Math.Min(10, text.Length)]).Expand("2025-0{1|2|3|4|5|6|7|8|9}-{0|1}{1|2|3|4|5|6|7|8|9}");
}
