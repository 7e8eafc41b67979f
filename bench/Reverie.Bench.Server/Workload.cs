using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Reverie.Bench.Server;

/// <summary>Texts and requests. Texts are made of 4,000 words, some far more frequent than others, from a fixed seed.</summary>
internal sealed class Workload
{
    public const int ClientsMax = 1000;

    /// <summary>Memories the floor holds.</summary>
    public const int MemoriesMax = 1024;

    /// <summary>Bytes of a text in the loads.</summary>
    public const int TextBytes = 512;

    private const int WordsMax = 4000;

    /// <summary>By how often they stand in texts.</summary>
    private const string Letters = "etaoinshrdlucmfwypvbgkjqxz";

    private readonly Random _random = new(20261121);
    private readonly Lock _lock = new();
    private readonly string[] _words;

    public Workload()
    {
        _words = [.. Enumerable.Range(0, WordsMax).Select(i => string.Concat(Enumerable.Range(0, 3 + (i % 7)).Select(_ => Letters[Math.Min(_random.Next(Letters.Length), _random.Next(Letters.Length))])))];
    }

    /// <summary>The name of a memory of the floor.</summary>
    public static string FloorId(int number) => $"mem_{number:d24}";

    public static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public string NextText() => NextText(TextBytes);

    public string NextText(int bytes)
    {
        lock (_lock)
        {
            var text = new StringBuilder(bytes + 16);
            while (text.Length < bytes)
            {
                // The product of two draws favours small numbers, as the frequency of real words does.
                text.Append(_words[(int)(_random.NextDouble() * _random.NextDouble() * WordsMax)]).Append(_random.Next(12) == 0 ? '\n' : ' ');
            }
            return text.ToString(0, bytes);
        }
    }

    /// <summary>A word of which about <paramref name="rarity"/> of the words is more frequent, from 0 to 1.</summary>
    public string Word(double rarity) => _words[(int)(rarity * (WordsMax - 1))];

    public static byte[] Get(string path) => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\n{Headers}\r\n");

    public ReadOnlyMemory<byte> Create(string store, string path, string text) =>
        Post($"/v1/memory_stores/{store}/memories", $$"""{"path":{{Quoted(path)}},"content":{{Quoted(text)}}}""");

    public ReadOnlyMemory<byte> Update(string path, string text, string? sha256) =>
        Post(path, sha256 is null ? $$"""{"content":{{Quoted(text)}}}""" : $$$"""{"content":{{{Quoted(text)}}},"precondition":{"type":"content_sha256","content_sha256":"{{{sha256}}}"}}""");

    public static byte[] Post(string path, string body) =>
        Encoding.UTF8.GetBytes($"POST {path} HTTP/1.1\r\n{Headers}Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");

    /// <summary>Sends one request and reads the answer.</summary>
    public static async Task<JsonNode> AskAsync(Connection connection, ReadOnlyMemory<byte> request)
    {
        var status = await connection.SendAsync(request);
        return status == 200 ? JsonNode.Parse(connection.Body.Span)! : throw new InvalidOperationException($"The server answered {status}: {Encoding.UTF8.GetString(connection.Body.Span)}");
    }

    public static async Task<string> NewStoreAsync(Connection connection) => (string)(await AskAsync(connection, Post("/v1/memory_stores", """{"name":"bench"}""")))["id"]!;

    private const string Headers = $"Host: localhost\r\nAuthorization: Bearer {ServerProcess.Secret}\r\nanthropic-beta: agent-memory-2026-07-22\r\n";

    // The texts hold letters, digits, blanks and line ends alone.
    private static string Quoted(string text) => $"\"{text.Replace("\n", "\\n", StringComparison.Ordinal)}\"";
}
