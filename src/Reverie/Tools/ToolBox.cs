using System.Text;
using Reverie.Sandboxes;
using Reverie.Sandboxes.Files;
using Reverie.Tools.Web;

namespace Reverie.Tools;

/// <summary>The built-in tools. Whatever the model asks for is answered, with an error where need be.</summary>
/// <param name="web">Fetches pages for <c>web_fetch</c>.</param>
public sealed class ToolBox(WebFetcher web)
{
    /// <summary>Characters of a result that reach the model; more go to a file.</summary>
    public const int ResultCharactersMax = 100_000;

    /// <summary>What a call that was cut short is answered with.</summary>
    public const string Interrupted = "Tool execution was interrupted before completion. Please retry.";

    private const int PreviewCharacters = 10_000;
    private const string ResultDirectory = ".tool-results";

    /// <summary>Runs a tool to its end or to the interrupt that <paramref name="cancellationToken"/> stands for, which is answered too.</summary>
    public async Task<ToolOutput> RunAsync(ToolCall call, ISandbox sandbox, CancellationToken cancellationToken)
    {
        var input = new ToolInput(call.Name, call.Input);
        try
        {
            return Presentable(await RunAsync(call, input, sandbox, cancellationToken), call, sandbox);
        }
        catch (OperationCanceledException)
        {
            return ToolOutput.Error(Interrupted);
        }
        catch (ToolInputException error)
        {
            return ToolOutput.Error(error.Message);
        }
        catch (Exception error) when (error is SandboxException or IOException or UnauthorizedAccessException)
        {
            return ToolOutput.Error($"{call.Name}: {error.Message}");
        }
    }

    private async Task<ToolOutput> RunAsync(ToolCall call, ToolInput input, ISandbox sandbox, CancellationToken cancellationToken) => call.Name switch
    {
        "bash" => await BashTool.RunAsync(input, sandbox, cancellationToken),
        "read" => await Task.Run(() => ReadTool.Run(input, sandbox.Files, cancellationToken), cancellationToken),
        "write" => await Task.Run(() => WriteTool.Run(input, sandbox.Files), cancellationToken),
        "edit" => await Task.Run(() => EditTool.Run(input, sandbox.Files), cancellationToken),
        "glob" => await Task.Run(() => GlobTool.Run(input, sandbox.Files, cancellationToken), cancellationToken),
        "grep" => await GrepTool.RunAsync(input, sandbox, cancellationToken),
        "web_fetch" => await WebFetchTool.RunAsync(input, call.WebFetch, web, cancellationToken),
        "web_search" => ToolOutput.Error("web_search: no search provider is configured on this server. Use web_fetch with a URL you know."),
        _ => ToolOutput.Error($"{call.Name}: there is no such tool"),
    };

    private static ToolOutput Presentable(ToolOutput output, ToolCall call, ISandbox sandbox) =>
        output with { Content = [.. output.Content.Select(c => c is ToolContent.Text text ? new ToolContent.Text(Fit(text.Value, call.Name, call.Id, sandbox)) : c)] };

    /// <summary>A result as the model sees it: one that is too long goes to a file of the sandbox, and the model is told where.</summary>
    /// <param name="tool">What was called.</param>
    /// <param name="id">Tells its file from others.</param>
    public static string Fit(string text, string tool, string id, ISandbox sandbox)
    {
        if (text.Length == 0) return "(no output)";
        // Not every database keeps a NUL, and no model needs one.
        text = text.Replace('\0', '\uFFFD');
        if (text.Length <= ResultCharactersMax) return text;
        var path = $"{SandboxSpec.WorkingPath}/{ResultDirectory}/{FileName(tool)}-{FileName(id)}.txt";
        var preview = text[..(char.IsHighSurrogate(text[PreviewCharacters - 1]) ? PreviewCharacters - 1 : PreviewCharacters)];
        try
        {
            sandbox.Files.Write(path, Encoding.UTF8.GetBytes(text));
        }
        catch (SandboxFileException error)
        {
            return $"The result has {text.Length} characters, which is too long to show, and could not be kept ({error.Message}). It begins:\n\n{preview}";
        }
        return $"The result has {text.Length} characters, which is too long to show. All of it is in {path}: read it with view_range, or search it with grep. It begins:\n\n{preview}";
    }

    private static string FileName(string id)
    {
        var name = string.Concat(id.Where(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-').Take(80));
        return name.Length > 0 ? name : "result";
    }
}
