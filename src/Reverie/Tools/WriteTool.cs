using System.Text;
using Reverie.Sandboxes.Files;

namespace Reverie.Tools;

/// <summary>A new file, or new content of an old one.</summary>
internal static class WriteTool
{
    public static ToolOutput Run(ToolInput input, SandboxFiles files)
    {
        var path = input.Required("file_path");
        var content = Encoding.UTF8.GetBytes(input.Text("content") ?? throw new ToolInputException("write: content is required"));
        files.Write(path, content);
        return ToolOutput.Of($"wrote {content.Length} bytes to {path}");
    }
}
