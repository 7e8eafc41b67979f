using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Reverie.Sessions.Turns;

namespace Reverie.Sessions.Outcomes;

/// <summary>Runs the checks of a rubric over what a session left behind.</summary>
internal sealed class CheckRun(ISessionTools tools, SessionSetup session)
{
    private const string Outputs = "/mnt/session/outputs/";
    private const int FileBytesMax = 8 * 1024 * 1024;
    private const int ShownCharsMax = 500;

    public async Task<CriterionVerdict> RunAsync(RubricCheck check, CancellationToken cancellationToken)
    {
        var problem = check switch
        {
            FileCheck file => await ProblemAsync(file, cancellationToken),
            JsonCheck json => await ProblemAsync(json, cancellationToken),
            CommandCheck command => await ProblemAsync(command, cancellationToken),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return new CriterionVerdict(check.Name, problem is null, problem is null ? 1 : 0, problem ?? "", IsCheck: true);
    }

    private async Task<string?> ProblemAsync(FileCheck check, CancellationToken cancellationToken)
    {
        if (await ReadAsync(check.Path, cancellationToken) is not { } text) return Missing(check.Path);
        return check.Contains is { } wanted && !text.Contains(wanted, StringComparison.Ordinal) ? $"{check.Path} does not hold \"{wanted}\"." : null;
    }

    private async Task<string?> ProblemAsync(JsonCheck check, CancellationToken cancellationToken)
    {
        if (await ReadAsync(check.Path, cancellationToken) is not { } text) return Missing(check.Path);
        JsonElement value;
        try
        {
            value = JsonElement.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException)
        {
            return $"{check.Path} is no JSON.";
        }
        foreach (var step in check.At.Split('/').Skip(1).Select(static s => s.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)))
        {
            if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty(step, out var property)) value = property;
            else if (value.ValueKind == JsonValueKind.Array && int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < value.GetArrayLength()) value = value[at];
            else return $"{check.Path} has nothing at {check.At}.";
        }
        var found = value.GetRawText();
        var shown = found.Length <= ShownCharsMax ? found : found[..ShownCharsMax] + "…";
        if (check.EqualTo is { } wanted && !JsonNode.DeepEquals(JsonNode.Parse(found), JsonNode.Parse(wanted))) return $"{check.At} of {check.Path} is {shown}, not {wanted}.";
        if (check.AtLeast is null && check.AtMost is null) return null;
        if (value.ValueKind != JsonValueKind.Number) return $"{check.At} of {check.Path} is {shown}, which is no number.";
        if (value.GetDouble() < check.AtLeast) return string.Create(CultureInfo.InvariantCulture, $"{check.At} of {check.Path} is {shown}, less than {check.AtLeast}.");
        return value.GetDouble() > check.AtMost ? string.Create(CultureInfo.InvariantCulture, $"{check.At} of {check.Path} is {shown}, more than {check.AtMost}.") : null;
    }

    private async Task<string?> ProblemAsync(CommandCheck check, CancellationToken cancellationToken)
    {
        var (code, output) = await tools.RunApartAsync(session, check.Command, check.Timeout, cancellationToken);
        if (code == check.ExitCode) return null;
        var end = output.Length <= ShownCharsMax ? output : "…" + output[^ShownCharsMax..];
        return code is null ? string.Create(CultureInfo.InvariantCulture, $"The command did not end within {check.Timeout.TotalSeconds} seconds. {end}") : $"The command ended with {code}, not {check.ExitCode}. {end}".TrimEnd();
    }

    private async Task<string?> ReadAsync(string path, CancellationToken cancellationToken) =>
        await tools.ReadFileAsync(session, path.StartsWith('/') ? path : Outputs + path, FileBytesMax, cancellationToken) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    private static string Missing(string path) => $"There is no file {path}, or it is larger than {FileBytesMax >> 20} MiB.";
}
