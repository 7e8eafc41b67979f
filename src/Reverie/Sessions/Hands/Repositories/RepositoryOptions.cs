namespace Reverie.Sessions.Hands.Repositories;

/// <summary>How repositories are cloned.</summary>
public sealed record RepositoryOptions
{
    /// <summary>What the URL of every repository begins with.</summary>
    public const string Host = "https://github.com/";

    /// <summary>Where they are in truth, instead of at <see cref="Host"/>: the beginning of a URL that ends with a slash. Its scheme is the only one git may use.</summary>
    public string From { get; init; } = Host;

    /// <summary>Time for one repository.</summary>
    public TimeSpan TimeMax { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Bytes on the disk of one repository, its history and its working tree together.</summary>
    public long BytesMax { get; init; } = 2L << 30;
}
