using Reverie.Dreaming.Synthesis;
using Reverie.Protocol.Dreams;

namespace Reverie.Dreaming.Models;

/// <summary>What became of the miners' insights with a model's help.</summary>
/// <param name="Insights">To be curated.</param>
/// <param name="Refused">What the model was not believed in, not asked for, or did not answer.</param>
internal sealed record Counsel(IReadOnlyList<Insight> Insights, IReadOnlyList<Refusal> Refused);
