using System.Text;
using Reverie.Sandboxes.Files;

namespace Reverie.Tools;

/// <summary>One text in a file in place of another.</summary>
internal static class EditTool
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static ToolOutput Run(ToolInput input, SandboxFiles files)
    {
        var path = input.Required("file_path");
        var sought = input.Required("old_string");
        var replacement = input.Text("new_string") ?? throw new ToolInputException("edit: new_string is required");
        var before = Decoded(files.Read(path, (stream, _) => ReadTool.Bytes(input.Tool, stream, path)), path);
        var count = before.AsSpan().Count(sought);
        if (count == 0) throw new ToolInputException($"edit: old_string not found in {path}");
        if (count > 1 && !input.Flag("replace_all")) throw new ToolInputException($"edit: old_string appears {count} times in {path} (must be unique)");
        files.Write(path, Strict.GetBytes(before.Replace(sought, replacement)));
        return ToolOutput.Of($"edited {path} ({count} replacement(s))");
    }

    private static string Decoded(byte[] bytes, string path)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new ToolInputException($"edit: {path} is not UTF-8 text");
        }
    }
}
