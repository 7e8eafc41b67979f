using System.Globalization;

namespace Reverie.Dreaming.Synthesis.Conditions;

/// <summary>One side of a feature: above a threshold or not, one of its words or not.</summary>
/// <param name="Feature">What is looked at.</param>
/// <param name="IsUpper">Above the threshold, or the word itself; false for the other side.</param>
/// <param name="Threshold">Where a number is cut: above is greater than it.</param>
/// <param name="Word">The word; null for numbers.</param>
internal readonly record struct Cut(Feature Feature, bool IsUpper, double Threshold, string? Word)
{
    /// <summary>The other side.</summary>
    public Cut Opposite => this with { IsUpper = !IsUpper };

    /// <summary>The threshold as it is written.</summary>
    public string Number => Write(Threshold);

    /// <summary>A number as playbooks write it.</summary>
    public static string Write(double number) => number.ToString("0.####", CultureInfo.InvariantCulture);

    /// <summary>A stable name, for keys.</summary>
    public override string ToString() => $"{Feature.Kind}|{Feature.Tool}|{Feature.Field}|{(IsUpper ? ">" : "<=")}|{Word ?? Number}";
}
