using System.IO.Compression;
using System.Text;

namespace Reverie.Server.Tests.Skills;

/// <summary>Forms that send skills.</summary>
internal static class SkillForm
{
    public static string Text(string name, string description = "How it is done.") => $"---\nname: {name}\ndescription: {description}\n---\n# {name}\n";

    /// <summary>A skill of nothing but a SKILL.md.</summary>
    public static MultipartFormDataContent Of(string name, string description = "How it is done.") => Files(($"{name}/SKILL.md", Text(name, description)));

    public static MultipartFormDataContent Files(params (string Path, string Text)[] files)
    {
        var form = new MultipartFormDataContent();
        foreach (var (path, text) in files) form.Add(Part(Encoding.UTF8.GetBytes(text)), "files[]", path);
        return form;
    }

    public static MultipartFormDataContent Zip(params (string Path, string Text)[] files) => Archive(Zipped(files));

    public static MultipartFormDataContent Archive(byte[] bytes) => new() { { Part(bytes), "files[]", "skill.zip" } };

    public static MultipartFormDataContent With(this MultipartFormDataContent form, string name, string text)
    {
        form.Add(new StringContent(text), name);
        return form;
    }

    public static byte[] Zipped(params (string Path, string Text)[] files)
    {
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, text) in files)
            {
                using var entry = zip.CreateEntry(path).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }
        return bytes.ToArray();
    }

    private static ByteArrayContent Part(byte[] bytes) => new(bytes);
}
