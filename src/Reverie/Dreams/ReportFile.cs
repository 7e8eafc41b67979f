using System.Text.Json;
using Reverie.Files;
using Reverie.Protocol.Dreams;

namespace Reverie.Dreams;

/// <summary>A dream report as a file: read whole, written whole or not at all.</summary>
public static class ReportFile
{
    /// <summary>Larger files are refused: no dream writes one, and reading it would take several times its size in memory.</summary>
    public const long BytesMax = 256 * 1024 * 1024;

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
            var report = DreamReportJson.Read(File.ReadAllBytes(file));
            return Problem(report) is { } problem ? throw new ReportFileException($"{file}: {problem}") : report;
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
            throw new ReportFileException($"{file}: is not a dream report: {error.Message.Split(" Path:", 2)[0].TrimEnd('.')}", error);
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

    /// <summary>The parser holds JSON to the record's names; this holds it to its sense.</summary>
    private static string? Problem(DreamReport report)
    {
        if (report.Changes is null || report.Inputs is null || report.Usage is null) return "is not a dream report: changes, inputs and usage must not be null";
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < report.Changes.Count; i++)
        {
            var change = report.Changes[i];
            if (change is null) return $"changes[{i}] is null";
            if (string.IsNullOrEmpty(change.Id)) return $"changes[{i}].id is empty";
            if (!ids.Add(change.Id)) return $"changes[{i}].id \"{change.Id}\" occurs twice";
            if (change.Path is null || change.Edits is null || change.Evidence is null || change.Summary is null || change.Rationale is null)
                return $"changes[{i}] lacks path, summary, rationale, edits or evidence";
            if (change.Edits.Any(edit => edit?.Delete is null || edit.Insert is null)) return $"changes[{i}].edits has an entry without delete or insert";
            if (change.Evidence.Any(quoted => quoted?.Quote is null)) return $"changes[{i}].evidence has an entry without a quote";
        }
        return null;
    }
}
