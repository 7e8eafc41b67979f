using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Reverie.Protocol.Audit;
using Reverie.Protocol.Sessions;

namespace Reverie.Audit;

/// <summary>How one record follows from another. Pure.</summary>
public static class AuditChain
{
    /// <summary>What comes before the first record.</summary>
    public static AuditHead Beginning { get; } = new(0, new string('0', 64));

    /// <summary>The hash that <paramref name="record"/> must have: over everything in it but the hash itself.</summary>
    public static string Hash(AuditRecord record) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical(record))));

    /// <summary>What is hashed: canonical JSON, names in order.</summary>
    internal static string Canonical(AuditRecord record)
    {
        var json = new StringBuilder("{\"action\":");
        CanonicalJson.Append(json, record.Action);
        json.Append(",\"actor\":").Append(record.Actor is { } actor ? Named(actor.Type, actor.Id) : "null");
        json.Append(",\"created_at\":\"").Append(Rfc3339.Write(record.CreatedAt));
        json.Append("\",\"details\":").Append(CanonicalJson.Of(record.Details)).Append(",\"previous_hash\":");
        CanonicalJson.Append(json, record.PreviousHash);
        json.Append(",\"seq\":").Append(record.Seq.ToString(CultureInfo.InvariantCulture));
        return json.Append(",\"subject\":").Append(Named(record.Subject.Type, record.Subject.Id)).Append('}').ToString();
    }

    private static string Named(string type, string id) => CanonicalJson.Of([new("id", id), new("type", type)]);
}
