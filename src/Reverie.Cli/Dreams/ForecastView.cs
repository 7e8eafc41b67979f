using System.Globalization;
using Reverie.Cli.Terminal;
using Reverie.Dreams.Models;
using Reverie.Protocol.Dreams;

namespace Reverie.Cli.Dreams;

/// <summary>Shows what a dream would take.</summary>
internal sealed class ForecastView(Screen screen)
{
    public void Write(DreamForecast forecast, DreamCaps caps)
    {
        var usage = forecast.Usage;
        screen.Heading("Forecast");
        Row("read", Plain($"{forecast.Inputs.Sessions:n0} sessions, {forecast.Inputs.Events:n0} events, {forecast.Inputs.Memories:n0} memories"));
        Row("model", PlainText.Escaped(PlainText.Line(forecast.Model)));
        Row("requests", Plain($"{forecast.Requests:n0}"));
        Row("tokens", Plain($"{usage.InputTokens + usage.OutputTokens + usage.CacheCreationInputTokens + usage.CacheReadInputTokens:n0}: {usage.InputTokens:n0} input, {usage.CacheCreationInputTokens:n0} written to the cache, {usage.CacheReadInputTokens:n0} read from it, {usage.OutputTokens:n0} output"));
        Row("cost", forecast.CostUsd is { } cost ? Plain($"{cost:0.0000} US dollars at list price") : "not known: the model has no list price here");
        Row("time", Plain($"about {TimeSpan.FromMilliseconds(forecast.DurationMs).TotalSeconds:0} s"));
        if (caps != DreamCaps.None) Row("budget", $"{caps}: {(forecast.ReachesBudget ? "[yellow]too little for all of it; what does not fit is left as the dreamer words it[/]" : "enough")}");
    }

    private static string Plain(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private void Row(string label, string markup) => screen.Line($"[dim]{label,-9}[/]{markup}", 2);
}
