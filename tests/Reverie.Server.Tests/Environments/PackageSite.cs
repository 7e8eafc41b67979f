using System.Collections.Concurrent;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Reverie.Server.Tests.Environments;

/// <summary>A registry for npm and one for pip on this machine's loopback. Both have one package, <c>greeter</c>, a library with the program <c>greet</c>.</summary>
public sealed class PackageSite : IAsyncDisposable
{
    public const string Archive = "/npm/greeter/-/greeter-1.0.0.tgz";
    public const string Wheel = "/files/greeter-1.0-py3-none-any.whl";

    private readonly WebApplication _app;
    private readonly Uri _root;
    private TaskCompletionSource _held = new();

    private PackageSite(WebApplication app, Uri root)
    {
        (_app, _root) = (app, root);
        Release();
    }

    public Uri Npm => new(_root, "/npm/");

    public Uri Pip => new(_root, "/simple");

    /// <summary>The paths that were asked for, in order.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    /// <summary>Completes when someone waits for an archive.</summary>
    public TaskCompletionSource Waits { get; private set; } = new();

    public static async Task<PackageSite> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        PackageSite? site = null;
        app.Run(http => site!.AnswerAsync(http));
        await app.StartAsync();
        return site = new(app, new Uri(app.Urls.Single()));
    }

    /// <summary>Whoever asks for an archive waits from now on.</summary>
    public void Hold() => (_held, Waits) = (new(), new());

    public void Release() => _held.TrySetResult();

    public ValueTask DisposeAsync()
    {
        Release();
        return _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var path = http.Request.Path.Value!;
        Asked.Enqueue(path);
        if (path is Archive or Wheel && !_held.Task.IsCompleted)
        {
            Waits.TrySetResult();
            await _held.Task;
        }
        var (type, body) = path switch
        {
            "/npm/greeter" => ("application/json", Encoding.UTF8.GetBytes(NpmDocument())),
            Archive => ("application/octet-stream", NpmArchive),
            "/simple/greeter/" => ("text/html", Encoding.UTF8.GetBytes($"<!DOCTYPE html><html><body><a href=\"{Wheel}\">greeter-1.0-py3-none-any.whl</a></body></html>")),
            Wheel => ("application/octet-stream", WheelArchive),
            _ => ("application/json", "{}"u8.ToArray()),
        };
        http.Response.StatusCode = body.Length > 2 ? 200 : 404;
        http.Response.ContentType = type;
        await http.Response.Body.WriteAsync(body);
    }

    private string NpmDocument() => JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["name"] = "greeter",
        ["dist-tags"] = new { latest = "1.0.0" },
        ["versions"] = new Dictionary<string, object>
        {
            ["1.0.0"] = new { name = "greeter", version = "1.0.0", bin = new { greet = "greet.js" }, dist = new { tarball = new Uri(_root, Archive), integrity = $"sha512-{Convert.ToBase64String(SHA512.HashData(NpmArchive))}" } },
        },
    });

    private static readonly byte[] NpmArchive = Tar(
        ("package/package.json", """{"name":"greeter","version":"1.0.0","main":"index.js","bin":{"greet":"greet.js"}}"""),
        ("package/index.js", "module.exports = name => `good day, ${name}`;\n"),
        ("package/greet.js", "#!/usr/bin/env node\nconsole.log(require('./index.js')(process.argv[2]));\n"));

    private static readonly byte[] WheelArchive = Zip(
        ("greeter.py", "import sys\ndef greet(name): return f'good day, {name}'\ndef main(): print(greet(sys.argv[1]))\n"),
        ("greeter-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: greeter\nVersion: 1.0\n"),
        ("greeter-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"),
        ("greeter-1.0.dist-info/entry_points.txt", "[console_scripts]\ngreet = greeter:main\n"),
        ("greeter-1.0.dist-info/RECORD", "greeter.py,,\ngreeter-1.0.dist-info/METADATA,,\ngreeter-1.0.dist-info/WHEEL,,\ngreeter-1.0.dist-info/entry_points.txt,,\ngreeter-1.0.dist-info/RECORD,,\n"));

    private static byte[] Tar(params (string Name, string Text)[] files)
    {
        var bytes = new MemoryStream();
        using (var tar = new TarWriter(new GZipStream(bytes, CompressionLevel.Fastest)))
            foreach (var (name, text) in files) tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
        return bytes.ToArray();
    }

    private static byte[] Zip(params (string Name, string Text)[] files)
    {
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create))
            foreach (var (name, text) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        return bytes.ToArray();
    }
}
