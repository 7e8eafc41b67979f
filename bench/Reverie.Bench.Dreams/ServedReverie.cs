using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Reverie.Bench.Dreams;

/// <summary><c>./reverie serve</c> on a data directory, asked over HTTP; can be killed and started again.</summary>
internal sealed partial class ServedReverie(string repository, string directory, string modelUrl, string modelKey) : IDisposable
{
    private const string Secret = "sk-reverie-of-the-benchmark";

    private Process? _process;
    private HttpClient _http = new();
    private long _peak;

    /// <summary>The most memory any of its processes had resident since <see cref="ForgetPeak"/>, in bytes.</summary>
    public long PeakBytes => Math.Max(_peak, Peak());

    public void Start()
    {
        var start = new ProcessStartInfo(Path.Combine(repository, "reverie"), ["serve", "--urls", "http://127.0.0.1:0", "--data", directory]) { UseShellExecute = false, RedirectStandardOutput = true };
        start.Environment["REVERIE_API_KEY"] = Secret;
        start.Environment["ANTHROPIC_BASE_URL"] = modelUrl;
        start.Environment["ANTHROPIC_API_KEY"] = modelKey;
        start.Environment.Remove("REVERIE_DATABASE");
        _process = Process.Start(start)!;
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            if (Listening().Match(line) is not { Success: true } match) continue;
            _http = new HttpClient { BaseAddress = new Uri(match.Groups[1].Value), Timeout = TimeSpan.FromMinutes(30) };
            _http.DefaultRequestHeaders.Add("x-api-key", Secret);
            _http.DefaultRequestHeaders.Add("anthropic-beta", ["agent-memory-2026-07-22", "dreaming-2026-04-21"]);
            return;
        }
        throw new InvalidOperationException("The server did not start.");
    }

    /// <summary>As <c>kill -9</c>.</summary>
    public void Kill()
    {
        if (_process is null) return;
        _peak = PeakBytes;
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
        _http.Dispose();
    }

    public void ForgetPeak()
    {
        File.WriteAllText($"/proc/{_process!.Id}/clear_refs", "5");
        _peak = 0;
    }

    public async Task<JsonNode> GetAsync(string path) => (await _http.GetFromJsonAsync<JsonNode>(path))!;

    public async Task<bool> ExistsAsync(string path)
    {
        using var response = await _http.GetAsync(path);
        return response.IsSuccessStatusCode;
    }

    public Task<JsonNode> PostAsync(string path, JsonNode body) => PostAsync(path, JsonContent.Create(body));

    public async Task<JsonNode> ImportAsync(string path, string file)
    {
        await using var sessions = File.OpenRead(file);
        using var content = new StreamContent(sessions);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        return await PostAsync(path, content);
    }

    public void Dispose()
    {
        Kill();
        _http.Dispose();
    }

    private async Task<JsonNode> PostAsync(string path, HttpContent content)
    {
        using var response = await _http.PostAsync(path, content);
        var said = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? JsonNode.Parse(said)! : throw new InvalidOperationException($"{path}: {said}");
    }

    private long Peak()
    {
        if (_process is null) return 0;
        var line = File.ReadLines($"/proc/{_process.Id}/status").First(static l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^Listening on (http://[^\s,]+)")]
    private static partial Regex Listening();
}
