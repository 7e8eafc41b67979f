using System.Security.Cryptography;
using System.Text;
using Reverie.Audit;
using Reverie.Protocol.Audit;

namespace Reverie.Tests.Audit;

public sealed class AuditChainTests
{
    /// <summary>Written by hand after RFC 8785, so that others can check our log with a library of theirs.</summary>
    [Fact]
    public void What_is_hashed_is_the_record_as_canonical_json()
    {
        const string expected = """{"action":"memory.deleted","actor":{"id":"apikey_1","type":"api_actor"},"created_at":"2026-01-31T12:00:00.000001Z","details":{"Z":"1","a":"\"\\/\b\f\n\r\t\u0001é🙂\u007f"},"previous_hash":"00","seq":7,"subject":{"id":"mem_1","type":"memory"}}""";
        var canonical = expected.Replace(@"\u007f", "\u007f", StringComparison.Ordinal);

        var record = Record();

        Assert.Equal(canonical, AuditChain.Canonical(record));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))), AuditChain.Hash(record));
        Assert.Contains("\"actor\":null,", AuditChain.Canonical(record with { Actor = null }), StringComparison.Ordinal);
    }

    [Fact]
    public void Details_are_read_only_as_they_were_written()
    {
        Assert.Equal("1", CanonicalJson.Read("""{"a":"1"}""")!["a"]);
        foreach (var other in new[] { """{"a": "1"}""", """{"b":"1","a":"1"}""", """{"a":"1","a":"1"}""", """{"a":1}""", """{"a":null}""", """["a"]""", "", "{", """{"a":"\u0061"}""" }) Assert.Null(CanonicalJson.Read(other));
    }

    private static AuditRecord Record() => new()
    {
        Seq = 7,
        PreviousHash = "00",
        Hash = "",
        CreatedAt = new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero).AddMicroseconds(1),
        Actor = new AuditActor("api_actor", "apikey_1"),
        Action = "memory.deleted",
        Subject = new AuditSubject("memory", "mem_1"),
        Details = new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = "\"\\/\b\f\n\r\t\u0001é🙂\u007f", ["Z"] = "1" },
    };
}
