using System.Text.Json;
using Reverie.Files;
using Reverie.Protocol.Dreams;

namespace Reverie.Dreams;

/// <summary>A dream report as a file: read whole, written whole or not at all.</summary>
public static class ReportFile
{
    /// <summary>Larger files are refused: no dream writes one, and reading it would take several times its size in memory.</summary>
    public const long BytesMax = 256 * 1024 * 1024;

    // How the parser begins to name missing fields, and fields of another kind: with types of ours, which say nothing to a person.
    private const string MissingMark = "missing required properties including: ";
    private const string KindMark = "could not be converted to";

    /// <summary>Reads the report in <paramref name="file"/>.</summary>
    /// <exception cref="ReportFileException">It is missing, unreadable, or no dream report.</exception>
    public static DreamReport Load(string file)
    {
        try
        {
            if (Directory.Exists(file)) throw new ReportFileException($"{file}: is a directory; name the report file");
            if (InputFile.Problem(file) is { } unreadable) throw new ReportFileException($"{file}: {unreadable}");
            if (new FileInfo(file) is { Exists: true, Length: > BytesMax })
                throw new ReportFileException($"{file}: is larger than {BytesMax / 1024 / 1024} MiB; a dream report is not");
            var bytes = File.ReadAllBytes(file);
            if (bytes.Length == 0) throw new ReportFileException($"{file}: is not a dream report: it is empty");
            var report = DreamReportJson.Read(bytes);
            return ReportRules.Problem(report) is { } problem ? throw new ReportFileException($"{file}: is not a dream report: {problem}") : report;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ReportFileException($"{file}: does not exist; check the path", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ReportFileException($"{file}: cannot be read: {error.Message}", error);
        }
        catch (JsonException error)
        {
            throw new ReportFileException($"{file}: is not a dream report: {Problem(error)}", error);
        }
    }

    /// <summary>Writes <paramref name="report"/> beside <paramref name="file"/>; nothing is seen there until <see cref="PendingReport.Commit"/>.</summary>
    /// <exception cref="ReportFileException">The place cannot be written.</exception>
    public static PendingReport Prepare(string file, DreamReport report)
    {
        var target = Path.GetFullPath(file);
        if (OutputFile.Problem(target) is { } problem) throw new ReportFileException($"{file}: {problem}");
        var staged = $"{target}.{Guid.NewGuid():N}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllBytes(staged, DreamReportJson.Write(report));
            return new PendingReport(staged, target);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(staged)) File.Delete(staged);
            throw new ReportFileException($"{file}: cannot be written: {error.Message}", error);
        }
    }

    /// <summary>What the parser complains of, in the report's own names.</summary>
    private static string Problem(JsonException error)
    {
        var field = error.Path is null or "$" ? "the file" : error.Path["$.".Length..];
        if (error.Message.Split(MissingMark, 2) is [_, var names]) return $"{field} lacks {names.Split(". Path:", 2)[0].Replace("'", "", StringComparison.Ordinal).TrimEnd('.')}";
        return error.Message.Contains(KindMark, StringComparison.Ordinal) ? $"{field} does not hold the kind of value it should" : error.Message.Split(" Path:", 2)[0].TrimEnd('.');
    }
}
