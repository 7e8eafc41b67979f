using System.Text.Json.Serialization;
using Reverie.Protocol.Json;

namespace Reverie.Evaluations;

/// <summary>One of the two sides that are compared.</summary>
[JsonConverter(typeof(WireNames<Arm>))]
public enum Arm
{
    /// <summary>Without a memory, or with the older one.</summary>
    Before,

    /// <summary>With the memory, or with the newer one.</summary>
    After,
}
