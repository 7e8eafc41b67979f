using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace Reverie.Cli.Terminal;

/// <summary>Numbers on the command line.</summary>
internal static class NumberArgument
{
    /// <summary>A number with a decimal point and no other mark: "0,1" is an error, not ten times as much.</summary>
    public static T Parse<T>(ArgumentResult result, string wanted) where T : struct, INumber<T>
    {
        var text = result.Tokens[0].Value;
        if (T.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return number;
        result.AddError($"{((OptionResult)result.Parent!).IdentifierToken?.Value}: \"{text}\" cannot be used; give {wanted}");
        return default;
    }
}
