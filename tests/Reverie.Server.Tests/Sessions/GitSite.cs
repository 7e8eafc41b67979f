using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Reverie.Sessions.Hands.Repositories;

namespace Reverie.Server.Tests.Sessions;

/// <summary>A host of repositories on this machine's loopback: git's own HTTP backend, in front of it who may read.</summary>
public sealed class GitSite : IAsyncDisposable
{
    private readonly DirectoryInfo _place = Directory.CreateTempSubdirectory("reverie-git-test-");
    private readonly WebApplication _app;

    public GitSite()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(AnswerAsync);
        ((IHost)_app).Start();
    }

    public string Url => $"{_app.Urls.Single()}/";

    /// <summary>The credentials that open <c>private/</c>.</summary>
    public string Token { get; set; } = "nobody's";

    /// <summary>Looks at each request.</summary>
    public Action<HttpContext> OnRequest { get; set; } = static _ => { };

    /// <summary>A server that clones from here, and little of each.</summary>
    public ServerOptions ApplyTo(ServerOptions options) => options with { Repositories = new RepositoryOptions { From = Url, BytesMax = 1_000_000 } };

    /// <summary>Makes a repository with two commits on its default branch and one on the branch <c>side</c>.</summary>
    /// <returns>The first commit.</returns>
    public async Task<string> AddAsync(string name, params (string Path, string Text)[] files)
    {
        var work = Path.Combine(_place.FullName, "work", name);
        var bare = Path.Combine(_place.FullName, "bare", name);
        await GitAsync("init", "--quiet", "--initial-branch=trunk", work);
        foreach (var (path, text) in files.Prepend(("file", "first\n")))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(work, path))!);
            await File.WriteAllTextAsync(Path.Combine(work, path), text);
        }
        var first = await CommitAsync(work);
        await File.WriteAllTextAsync(Path.Combine(work, "file"), "second\n");
        await CommitAsync(work);
        await GitAsync("-C", work, "checkout", "--quiet", "-b", "side");
        await File.WriteAllTextAsync(Path.Combine(work, "file"), "side\n");
        await CommitAsync(work);
        await GitAsync("-C", work, "checkout", "--quiet", "trunk");
        await GitAsync("clone", "--quiet", "--bare", work, bare);
        return first;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _place.Delete(recursive: true);
    }

    private static async Task<string> CommitAsync(string work)
    {
        await GitAsync("-C", work, "add", "--all");
        await GitAsync("-C", work, "-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "--quiet", "--message=m");
        return await GitAsync("-C", work, "rev-parse", "HEAD");
    }

    private static async Task<string> GitAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("git", arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return output.Trim();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        OnRequest(http);
        var path = http.Request.Path.Value!;
        if (path.StartsWith("/slow/", StringComparison.Ordinal)) await Task.Delay(Timeout.Infinite, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var status = path switch
        {
            _ when path.StartsWith("/forbidden/", StringComparison.Ordinal) => 403,
            _ when path.StartsWith("/private/", StringComparison.Ordinal) && http.Request.Headers.Authorization != Token => 401,
            _ when !Directory.Exists(Path.Combine(_place.FullName, "bare", string.Join('/', path.Split('/').Skip(1).Take(2)))) => 404,
            _ => 200,
        };
        if (status == 200) await RunBackendAsync(http);
        else http.Response.StatusCode = status;
        if (status == 401) http.Response.Headers.WWWAuthenticate = "Basic";
    }

    private async Task RunBackendAsync(HttpContext http)
    {
        var start = new ProcessStartInfo("git", "http-backend") { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["GIT_PROJECT_ROOT"] = Path.Combine(_place.FullName, "bare");
        start.Environment["GIT_HTTP_EXPORT_ALL"] = "1";
        start.Environment["PATH_INFO"] = http.Request.Path;
        start.Environment["QUERY_STRING"] = http.Request.QueryString.Value!.TrimStart('?');
        start.Environment["REQUEST_METHOD"] = http.Request.Method;
        start.Environment["CONTENT_TYPE"] = http.Request.ContentType ?? "";
        start.Environment["HTTP_CONTENT_ENCODING"] = http.Request.Headers.ContentEncoding.ToString();
        start.Environment["GIT_PROTOCOL"] = http.Request.Headers["Git-Protocol"].ToString();
        using var process = Process.Start(start)!;
        await http.Request.Body.CopyToAsync(process.StandardInput.BaseStream);
        process.StandardInput.Close();
        using var answer = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(answer);
        await process.WaitForExitAsync();
        var bytes = answer.ToArray();
        var end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        foreach (var line in System.Text.Encoding.ASCII.GetString(bytes, 0, end).Split("\r\n"))
        {
            var (name, value) = (line[..line.IndexOf(':')], line[(line.IndexOf(':') + 1)..].Trim());
            if (name == "Status") http.Response.StatusCode = int.Parse(value[..3], System.Globalization.CultureInfo.InvariantCulture);
            else http.Response.Headers[name] = value;
        }
        await http.Response.Body.WriteAsync(bytes.AsMemory(end + 4));
    }
}
