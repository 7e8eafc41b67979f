using System.Diagnostics;
using Reverie.Protocol.Agents;
using Reverie.Sessions.Judging;

namespace Reverie.Sessions.Turns;

/// <summary>Whether a call that the server runs may run, and who said so (public contract, "Permission evaluation").</summary>
/// <param name="Verdict">Whether it may.</param>
/// <param name="Policy">The policy that led to it; null where none was asked.</param>
/// <param name="Judgement">Set under the policy <c>auto</c>, null otherwise.</param>
public sealed record CallDecision(CallVerdict Verdict, PermissionPolicyType? Policy, Judgement? Judgement = null)
{
    /// <param name="judgement">Needed under the policy <c>auto</c>.</param>
    public static CallDecision Of(PermissionPolicyType? policy, Judgement? judgement) => policy switch
    {
        null => new(CallVerdict.Deny, null),
        PermissionPolicyType.AlwaysAllow => new(CallVerdict.Allow, policy),
        PermissionPolicyType.AlwaysAsk => new(CallVerdict.Ask, policy),
        PermissionPolicyType.Auto => new(judgement!.Verdict, policy, judgement),
        _ => throw new UnreachableException($"{policy}"),
    };
}
