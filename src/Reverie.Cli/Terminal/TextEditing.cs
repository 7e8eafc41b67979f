using System.Diagnostics;

namespace Reverie.Cli.Terminal;

/// <summary>Lets a person reword a text: in their editor on a terminal, otherwise as lines up to a lone full stop.</summary>
internal sealed class TextEditing(CliStreams streams, string? editorCommand)
{
    /// <summary>The new text; null when the person gave up.</summary>
    public Task<string?> EditAsync(string text, CancellationToken cancellationToken) =>
        streams.InIsTerminal && !string.IsNullOrWhiteSpace(editorCommand)
            ? InEditorAsync(text, editorCommand, cancellationToken)
            : FromLinesAsync(text, cancellationToken);

    private async Task<string?> FromLinesAsync(string text, CancellationToken cancellationToken)
    {
        await streams.Out.WriteLineAsync("  Now:");
        foreach (var line in text.TrimEnd('\n').Split('\n')) await streams.Out.WriteLineAsync("  | " + PlainText.Verbatim(line));
        await streams.Out.WriteLineAsync("  New text, ended by a line with a single full stop:");
        var lines = new List<string>();
        while (await streams.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line is ".") return string.Join('\n', lines);
            lines.Add(line);
        }
        return null;
    }

    private static async Task<string?> InEditorAsync(string text, string editorCommand, CancellationToken cancellationToken)
    {
        var directory = Directory.CreateTempSubdirectory("reverie-edit-");
        try
        {
            var file = Path.Combine(directory.FullName, "change.md");
            await File.WriteAllTextAsync(file, text, cancellationToken);
            // EDITOR may carry arguments ("code --wait"), so the shell takes it apart, as git does.
            var start = new ProcessStartInfo("/bin/sh") { UseShellExecute = false };
            foreach (var argument in (string[])["-c", editorCommand + " \"$1\"", "sh", file]) start.ArgumentList.Add(argument);
            using var editor = Process.Start(start);
            if (editor is null) return null;
            await editor.WaitForExitAsync(cancellationToken);
            return editor.ExitCode == 0 ? await File.ReadAllTextAsync(file, cancellationToken) : null;
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
