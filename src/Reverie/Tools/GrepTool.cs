using System.Text;
using System.Text.RegularExpressions;
using Reverie.Sandboxes;
using Reverie.Sandboxes.Files;

namespace Reverie.Tools;

/// <summary>Lines of files that match a pattern: by ripgrep, inside the sandbox, or where that is missing by a walk of our own.</summary>
internal static class GrepTool
{
    private const int OutputBytesMax = 100 << 10;
    private const int EntriesMax = 50_000;
    private const int DepthMax = 40;
    private const int LineCharactersMax = 2_000;
    private const int BinaryCheckBytes = 8 << 10;
    private static readonly TimeSpan TimeMax = TimeSpan.FromSeconds(60);
    private static readonly string[] Places = ["/usr/bin/rg", "/usr/local/bin/rg"];

    public static async Task<ToolOutput> RunAsync(ToolInput input, ISandbox sandbox, CancellationToken cancellationToken)
    {
        var pattern = input.Required("pattern");
        if (pattern.Contains('\0')) throw new ToolInputException("grep: pattern holds a NUL character");
        var path = sandbox.Files.Locate(input.Text("path") is { Length: > 0 } given ? given : SandboxSpec.WorkingPath);
        if (Places.FirstOrDefault(File.Exists) is { } program) return await SearchAsync(program, pattern, path, sandbox, cancellationToken);
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(TimeMax);
        try
        {
            return await Task.Run(() => Search(pattern, path, sandbox.Files, time.Token), time.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return TimedOut;
        }
    }

    /// <summary>Searches without ripgrep.</summary>
    internal static ToolOutput Search(string pattern, string path, SandboxFiles files, CancellationToken cancellationToken)
    {
        var regex = Parse(pattern);
        var found = new StringBuilder();
        var isCut = false;
        if (IsFile(path, files)) isCut = !Search(regex, path, "", files, found, cancellationToken);
        else
            foreach (var file in files.Walk(path, new(EntriesMax, long.MaxValue) { DepthMax = DepthMax }, GlobTool.IsSkipped))
            {
                if (file.IsLink || Search(regex, file.Path, file.Path + ':', files, found, cancellationToken)) continue;
                isCut = true;
                break;
            }
        return Found(Encoding.UTF8.GetBytes(found.ToString()), isCut);
    }

    private static ToolOutput TimedOut => ToolOutput.Error("grep: timed out after 60s");

    private static async Task<ToolOutput> SearchAsync(string program, string pattern, string path, ISandbox sandbox, CancellationToken cancellationToken)
    {
        var outcome = await sandbox.RunProgramAsync([program, "--no-config", "-n", "--no-heading", $"--regexp={pattern}", "--", sandbox.PathInside(path)], TimeMax, OutputBytesMax, cancellationToken);
        return outcome switch
        {
            { IsCut: true } or { ExitCode: 0 } or { ExitCode: 2, Output.Length: > 0 } => Found(outcome.Output, outcome.IsCut),
            { ExitCode: 1, Error: "" } => ToolOutput.Of("no matches"),
            { ExitCode: null } => TimedOut,
            _ => ToolOutput.Error($"grep: rg failed: {outcome.Error}"),
        };
    }

    private static ToolOutput Found(byte[] output, bool isCut)
    {
        if (output.Length == 0) return ToolOutput.Of("no matches");
        isCut |= output.Length > OutputBytesMax;
        var text = Encoding.UTF8.GetString(output, 0, Math.Min(output.Length, OutputBytesMax)).TrimEnd('\n');
        return ToolOutput.Of(isCut ? $"{text}\n[output truncated at {OutputBytesMax} bytes]" : text);
    }

    private static Regex Parse(string pattern)
    {
        try
        {
            return new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            throw new ToolInputException($"grep: invalid regex: {error.Message}");
        }
    }

    private static bool IsFile(string path, SandboxFiles files) => files.ModifiedAt(path) is not null;

    /// <summary>False when there is no room for more.</summary>
    private static bool Search(Regex regex, string path, string prefix, SandboxFiles files, StringBuilder found, CancellationToken cancellationToken)
    {
        try
        {
            return files.Read(path, (stream, _) =>
            {
                if (IsBinary(stream)) return true;
                using var reader = new StreamReader(stream, Encoding.UTF8);
                for (var number = 1; BoundedLine(reader, out var line); number++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (line is null || !regex.IsMatch(line)) continue;
                    found.Append(prefix).Append(number).Append(':').Append(line).Append('\n');
                    if (found.Length > OutputBytesMax) return false;
                }
                return true;
            });
        }
        catch (SandboxFileException)
        {
            // Gone, or closed to us, since it was listed.
            return true;
        }
    }

    private static bool IsBinary(FileStream stream)
    {
        var start = new byte[BinaryCheckBytes];
        var count = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        return start.AsSpan(0, count).Contains((byte)0);
    }

    /// <summary>The next line, null for one that is too long to look at; false at the end.</summary>
    private static bool BoundedLine(StreamReader reader, out string? line)
    {
        var text = new StringBuilder();
        line = null;
        for (var length = 0; ; length++)
        {
            var next = reader.Read();
            if (next < 0 && length == 0) return false;
            if (next is < 0 or '\n')
            {
                if (length <= LineCharactersMax) line = text.ToString().TrimEnd('\r');
                return true;
            }
            if (length < LineCharactersMax) text.Append((char)next);
        }
    }
}
