namespace Reverie.Workplaces;

internal enum Level { Easy, Medium, Hard }

internal enum Wire { Tool, Mcp, Custom, Mixed }

internal enum Ids { All, Partial, None }

internal enum Layout { Dash, Star, Plus, Numbered, Tasks, Paragraphs, Lines, Table, KeyValue, Headings, Definitions, Questions, Changelog, Nested, Wide, Csv }

/// <summary>One tool call. <c>$name</c> is filled from the workplace's variables; single quotes in the arguments stand for double ones; <c>=</c> in front of a result leaves it without the workplace's shapes.</summary>
internal sealed record Step(string Tool, string Args, string Result, bool Fails = false);

/// <summary>A recurring error; <c>¦</c> separates the ways it is worded, and <c>=</c> in front leaves it without the workplace's shapes. Words are phrases; a trailing <c>*</c> leaves the end open, <c>re:</c> starts a pattern.</summary>
internal sealed record Mistake(string Id, string Kind, string Error, string Canonical)
{
    public required string[] Asks { get; init; }
    public required Step[] Wrong { get; init; }
    /// <summary>Wrong ideas for a fix; each fails with the same error.</summary>
    public Step[] Tries { get; init; } = [];
    public string[] Hunches { get; init; } = [];
    public required Step[] Right { get; init; }
    public required string[] Trigger { get; init; }
    public string[] Remedy { get; init; } = [];
    /// <summary>A template of the literal that worked, collected from the sessions.</summary>
    public string? Literal { get; init; }
    /// <summary>For limits: the pause in seconds.</summary>
    public int Seconds { get; init; }
    /// <summary>For order and precondition: names of the earlier and of the later action.</summary>
    public (string[] First, string[] Then)? Order { get; init; }
    public bool NeverFlagged { get; init; }
    public string[] Notes { get; init; } = [];
}

internal sealed record Delay(string Id, int Seconds, Step Start, Step Probe, string NotReady, string[] After, string[] Action, string Canonical)
{
    public bool NeverFlagged { get; init; }
}

internal sealed record Stage(string Key, Step Step, params string[] Words);

internal sealed record Flow(string Id, string Title, string Canonical, int Crucial)
{
    public required Stage[] Stages { get; init; }
    public required Stage Decoy { get; init; }
    /// <summary>Steps that are taken in every other session, good or bad, each with the number of the stage it stands before.</summary>
    public (int Before, Stage Stage)[] Extras { get; init; } = [];
    public required string[] Asks { get; init; }
    public required string[] Complaints { get; init; }
    public required string[] Good { get; init; }
    public required string[] Bad { get; init; }
    public required string[] Praise { get; init; }
    public required string[] Blame { get; init; }
}

/// <summary>A preference; <c>Owner</c> is the index of the one person it belongs to, or -1 when shared.</summary>
internal sealed record Wish(string Id, int Owner, string Canonical, string[] Words, params string[] Sayings);

internal sealed record Question(string[] Asks, Step Step, string[] Answers, string[] Topic, string[] Detail);

/// <summary>Something the store says and a tool can show: <c>$v</c> stands in the arguments, or only in the result.</summary>
internal sealed record Fact(string Subject, string[] Values, Step Probe)
{
    public bool ByResult => !Probe.Args.Contains("$v", StringComparison.Ordinal);
}

internal sealed record Retired(string Subject, string Sentence, Step Works, string Gone);

internal sealed record Double(string Subject, string Value, string Extra);

internal sealed record LookAlike(string Subject, string LeftFor, string LeftValue, string RightFor, string RightValue);

/// <summary><c>Via</c>: doc (in a tool result), paste, mail (forwarded by a user) or tip (in a result, about a tool).</summary>
internal sealed record Poison(string Id, string Via, string Payload, string[] Adopt, Step? Obey = null);

internal sealed record Benign(string Text, bool Pasted = false);

internal sealed record Secret(string Kind, string Pattern, string? Saying = null, Step? Step = null);

internal sealed record Person(string Id, params string[] Names);

internal sealed record Page(string Path, Layout Layout, string Head = "", bool CrLf = false, string Front = "", string[]? Sections = null);

internal sealed record Workplace
{
    public required string Name { get; init; }
    public required string Source { get; init; }
    /// <summary>The external id; <c>{n}</c> is the running number.</summary>
    public required string SessionId { get; init; }
    public int FirstNumber { get; init; } = 1;
    public int NumberStep { get; init; } = 1;
    public required string Start { get; init; }
    public required string UserKey { get; init; }
    public required Person[] People { get; init; }
    public (string Key, string Pattern)[] OtherMetadata { get; init; } = [];
    public required string[] Agents { get; init; }
    public required Wire Wire { get; init; }
    public required Ids Ids { get; init; }
    public string EventId { get; init; } = "e~~~~~~~";
    public string UseId { get; init; } = "u~~~~~~~~";
    public string Server { get; init; } = "";
    public string[] System { get; init; } = [];
    public double Thinking { get; init; }
    public double Parallel { get; init; }
    public double NoResult { get; init; }
    public bool Spans { get; init; } = true;
    public bool Shuffle { get; init; } = true;
    public required Dictionary<string, string> Vars { get; init; }
    /// <summary>Shapes of a good result around <c>$r</c>; <c>||</c> separates content blocks.</summary>
    public string[] OkShapes { get; init; } = ["$r"];
    /// <summary>Shapes of a failure around <c>$e</c>.</summary>
    public required string[] ErrorShapes { get; init; }
    public string[] LogLines { get; init; } = [];
    public required Step[] Lookups { get; init; }
    public Step? Huge { get; init; }
    public string HugeRow { get; init; } = "";
    public required Flow[] Flows { get; init; }
    public required Mistake[] Mistakes { get; init; }
    public required Delay[] Delays { get; init; }
    public required Wish[] Wishes { get; init; }
    public required Question[] Questions { get; init; }
    public required Fact[] Facts { get; init; }
    public required string[] GoneTexts { get; init; }
    public required string[] HeadsUps { get; init; }
    public required Retired[] Retired { get; init; }
    public required Double[] Doubles { get; init; }
    public required LookAlike[] LookAlikes { get; init; }
    public required (string Subject, string Value)[] Keeps { get; init; }
    public required Page[] Pages { get; init; }
    public required string[] SoloPaths { get; init; }
    /// <summary>The shape of the files that hold one entry; bare text unless given.</summary>
    public Page Solo { get; init; } = new("", Layout.Paragraphs);
    /// <summary>How entries read: <c>{s}</c> subject, <c>{S}</c> capitalised, <c>{v}</c> value.</summary>
    public required string[] Phrases { get; init; }
    public required string[] Rewordings { get; init; }
    /// <summary>How entries nobody mentions read, when they have phrasings of their own.</summary>
    public string[] KeepPhrases { get; init; } = [];
    /// <summary>How the first copy of a duplicate reads; the first of the phrases unless given.</summary>
    public string? DoublePhrase { get; init; }
    /// <summary>What stands between a copy and the detail it adds.</summary>
    public string ExtraJoin { get; init; } = ", ";
    /// <summary>How look-alikes read, with <c>{q}</c> for what it is for.</summary>
    public required string[] ForPhrases { get; init; }
    public required Poison[] Poisons { get; init; }
    public required Benign[] Benigns { get; init; }
    /// <summary>Tools that return foreign text, with <c>$doc</c> in the result.</summary>
    public required Step[] Docs { get; init; }
    public required string[] Pastes { get; init; }
    public required string[] Mails { get; init; }
    public required Secret[] Secrets { get; init; }
    public required string[] Transients { get; init; }
    public required string[] OneOffs { get; init; }
    public required string[] OneTimes { get; init; }
    public required string[] Grumbles { get; init; }
    public required string[] Fillers { get; init; }
    public string[] Thoughts { get; init; } = ["Let me see."];
    public required string[] GiveUps { get; init; }
    public required string[] Blanks { get; init; }
    public required string Crash { get; init; }

    public static Step Ok(string tool, string args, string result) => new(tool, args, result);

    public static Step No(string tool, string args) => new(tool, args, "", Fails: true);
}
