namespace Reverie.Workplaces.Places;

/// <summary>Workplaces known from elsewhere under other people with other wishes, mostly said in half a sentence: for what people want, and whose it is.</summary>
internal static class Voices
{
    public static Workplace Ward { get; } = VetClinic.Place with
    {
        Name = "ward",
        UserKey = "asked_by",
        People = [new("nkemelu", "Nkemelu"), new("brandt", "Brandt"), new("ostrowski", "Ostrowski"), new("moreau", "Moreau"), new("lindqvist", "Lindqvist"), new("tanaka", "Tanaka")],
        OtherMetadata = [("room", "{north|south}-{1|2|3}")],
        Wishes =
        [
            new("celsius", -1, "Temperatures are given in Celsius.", ["celsius"], "celsius, please", "again: Celsius", "no fahrenheit here, celsius only", "temperature in Celsius, not the other thing", "I had asked for celsius"),
            new("clock", -1, "Times are written on the 24-hour clock.", ["24 hour*", "24-hour*", "24h"], "24-hour clock please", "14:30, not half past two. 24-hour times!", "am or pm? use the 24-hour clock", "24h, as ever", "times in 24-hour form, we work nights"),
            new("emoji", -1, "No emojis in answers.", ["emoji*", "smiley*"], "again: no emojis", "please drop the emojis", "no smileys, this gets printed", "emojis off", "I can do without emojis"),
            new("owner", 0, "nkemelu wants the owner named first.", ["owner first", "re:owner.{0,3}s? name(?:d)? first", "name the owner first", "start with the owner"], "owner first, then the animal", "start with the owner, always", "the owner's name first please"),
            new("short", 3, "moreau wants one sentence.", ["one sentence", "single sentence"], "one sentence. not two", "a single sentence will do for me", "one sentence only, please"),
            new("dutch", 4, "lindqvist wants answers in Swedish.", ["swedish"], "in Swedish please", "Swedish, if you would", "swedish again, my English is tired"),
        ],
        OneTimes = ["celsius just this once for the intern", "for today skip $pet", "this time without the owner", "only today the long version"],
        Grumbles = ["what a shift", "coffee is out", "who parked there"],
    };

    public static Workplace Salon { get; } = Auction.Place with
    {
        Name = "salon",
        UserKey = "client_rep",
        People = [new("mbeki", "Mbeki"), new("castellano", "Castellano"), new("hoang", "Hoang"), new("fitzroy", "Fitzroy"), new("zielinska", "Zielinska"), new("abara", "Abara")],
        OtherMetadata = [("desk", "{a|b|c}{1|2}")],
        Wishes =
        [
            new("table", -1, "Figures come in a table.", ["table*", "tabular"], "table please", "numbers belong in a table", "could that be a table next time?", "tabular, as agreed", "a table! my eyes"),
            new("net", -1, "Prices exclude tax.", ["net price*", "without tax", "before tax", "excluding tax", "exclude tax", "net of tax"], "net prices, please", "price before tax, that is what I compare", "without tax, as I keep saying", "excluding tax please", "net of tax or not at all"),
            new("source", -1, "The source of a figure is cited.", ["source*", "where it comes from", "citation*"], "source?", "cite your sources please", "with the source, always", "no figure without a source", "and where it comes from, please"),
            new("bold", 2, "hoang wants no bold type.", ["bold"], "no bold, it shouts", "plain type, not bold please", "bold again. don't"),
            new("initial", 5, "abara wants to be addressed by initials.", ["initial*", "re:\\bA\\.? ?B\\b"], "initials are enough for me, no full name", "address me by my initials", "just the initials please"),
            new("friday", 0, "mbeki wants summaries in bullet points.", ["bullet*"], "bullets!", "bullet points for me, please", "as bullets, not prose"),
        ],
        OneTimes = ["for this client only, with tax", "just today no table", "this once in full prose"],
        Grumbles = ["the light is dreadful", "my shoes hurt", "another lunch missed"],
    };

    public static Workplace Counter { get; } = TaxOffice.Place with
    {
        Name = "counter",
        UserKey = "opened_for",
        People = [new("vandermeer", "Vandermeer"), new("iglesias", "Iglesias"), new("rahimi", "Rahimi"), new("sokolova", "Sokolova"), new("whitcombe", "Whitcombe"), new("adeyemi", "Adeyemi")],
        OtherMetadata = [("window", "#")],
        Wishes =
        [
            new("iso", -1, "Dates start with the year.", ["year first", "yyyy*", "iso date*", "year-month-day", "start with the year", "re:year.{0,12}(in front|before)"], "year first, please", "ISO dates, I sort by them", "YYYY-MM-DD please", "dates with the year in front", "year-month-day as always"),
            new("jargon", -1, "No abbreviations.", ["abbreviat*", "spell* out", "spell it out", "in full words"], "no abbreviations", "spell it out please", "abbreviations again... in full words, please", "please spell out what that stands for, every time", "could you stop abbreviating?"),
            new("round", -1, "Amounts are rounded to whole euros.", ["whole euro*", "no cents", "round*"], "whole euros, please", "no cents, nobody needs them", "round it, always", "rounded please", "just whole euros from you"),
            new("voice", 1, "iglesias wants large print.", ["large print", "big letters", "large type"], "large print please", "big letters, my glasses are old", "large type, as usual"),
            new("copy", 3, "sokolova wants a copy for her deputy.", ["deputy"], "copy to my deputy", "deputy in copy please", "my deputy gets one too, always"),
            new("monday", 4, "whitcombe wants to be reminded a day ahead.", ["day ahead", "day before", "day earlier"], "remind me a day ahead", "a reminder the day before, please", "one day earlier, not on the day"),
        ],
        OneTimes = ["with cents, just this time", "today only: abbreviate", "for the hearing tomorrow print everything"],
        Grumbles = ["it is too warm in here", "that queue again", "my pen leaks"],
    };

    public static Workplace Studio { get; } = Podcast.Place with
    {
        Name = "studio",
        UserKey = "booked_by",
        People = [new("kealoha", "Kealoha"), new("duarte", "Duarte"), new("petrescu", "Petrescu"), new("nwosu", "Nwosu"), new("haugen", "Haugen"), new("sharma", "Sharma")],
        OtherMetadata = [("takes", "#")],
        Wishes =
        [
            new("metric", -1, "Lengths are given in metric units.", ["metric", "metres", "centimetres"], "metric, please", "metres, not feet", "still feet? metric please", "everything metric, thank you", "in centimetres, I beg you"),
            new("greeting", -1, "No greeting at the top.", ["greeting*", "no hello", "hello*", "salutation*"], "no greeting needed", "skip the hello", "without the salutation please", "greetings cost time, leave them out", "again a hello. please, no greeting"),
            new("link", -1, "Links are added to what is mentioned.", ["link*", "url*"], "link?", "a link with it, please", "please always add the link", "and the URL goes where?  give the link each time", "links! I cannot click on names"),
            new("lower", 1, "duarte wants titles in lower case.", ["lower case", "lowercase", "small letters"], "lowercase titles, please", "lower case for my titles", "titles in small letters, thanks"),
            new("dark", 3, "nwosu wants titles in Igbo.", ["igbo"], "titles in Igbo please", "Igbo titles, as always", "my titles? Igbo"),
            new("quiet", 5, "sharma wants no calls after six.", ["after six", "after 6"], "nothing after six please", "not after six, my kids sleep", "after 6 I am off, never call then"),
        ],
        OneTimes = ["with greeting, just this once", "today in feet, the guest is from Texas", "for this episode only capital letters"],
        Grumbles = ["the fan hums", "no more biscuits", "what a day"],
    };
}
