using System.Text.Json;
using Reverie.Cli.Terminal;
using Reverie.Evaluations;
using Reverie.Files;

namespace Reverie.Cli.Evaluations;

/// <summary>The report of an evaluation as a file: there after every trial, whole each time.</summary>
internal static class EvaluationFile
{
    /// <exception cref="BadInputException">There is none, or it is something else.</exception>
    public static EvaluationReport Load(string path)
    {
        if (InputFile.Problem(path) is { } unreadable) throw new BadInputException($"--report {path}: {unreadable}");
        try
        {
            return EvaluationReportJson.Read(File.ReadAllText(path));
        }
        catch (JsonException error)
        {
            throw new BadInputException($"--report {path}: is not the report of an evaluation: {error.Message.Split(" Path:", 2)[0]}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"--report {path}: cannot be read: {error.Message}", error);
        }
    }

    /// <exception cref="BadInputException">It cannot be written there.</exception>
    public static void Save(string path, EvaluationReport report)
    {
        var target = Path.GetFullPath(path);
        if (OutputFile.Problem(target) is { } problem) throw new BadInputException($"--report {path}: {problem}");
        var staged = $"{target}.{Guid.NewGuid():N}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllText(staged, EvaluationReportJson.Write(report) + "\n");
            OutputFile.Replace(staged, target);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(staged)) File.Delete(staged);
            throw new BadInputException($"--report {path}: cannot be written: {error.Message}", error);
        }
    }
}
