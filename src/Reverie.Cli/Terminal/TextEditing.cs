using System.Diagnostics;

namespace Reverie.Cli.Terminal;

/// <summary>Lets a person reword a text: in their editor on a terminal, otherwise as lines up to a lone full stop.</summary>
internal sealed class TextEditing(CliStreams streams, string? editorCommand)
{
    /// <summary>The new text; null when the person gave up.</summary>
    public string? Edit(string text) =>
        streams.InIsTerminal && !string.IsNullOrWhiteSpace(editorCommand) ? InEditor(text, editorCommand) : FromLines(text);

    private string? FromLines(string text)
    {
        streams.Out.WriteLine("  Now:");
        foreach (var line in text.TrimEnd('\n').Split('\n')) streams.Out.WriteLine("  | " + PlainText.Verbatim(line));
        streams.Out.WriteLine("  New text, ended by a line with a single full stop:");
        var lines = new List<string>();
        while (streams.In.ReadLine() is { } line)
        {
            if (line is ".") return string.Join('\n', lines);
            lines.Add(line);
        }
        return null;
    }

    private static string? InEditor(string text, string editorCommand)
    {
        var directory = Directory.CreateTempSubdirectory("reverie-edit-");
        try
        {
            var file = Path.Combine(directory.FullName, "change.md");
            File.WriteAllText(file, text);
            // EDITOR may carry arguments ("code --wait"), so the shell takes it apart, as git does.
            var start = new ProcessStartInfo("/bin/sh") { UseShellExecute = false };
            foreach (var argument in (string[])["-c", editorCommand + " \"$1\"", "sh", file]) start.ArgumentList.Add(argument);
            using var editor = Process.Start(start);
            editor?.WaitForExit();
            return editor is { ExitCode: 0 } ? File.ReadAllText(file) : null;
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
