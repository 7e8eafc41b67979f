using Reverie.Inference;
using Reverie.Sessions.Judging;

namespace Reverie.Tests.Sessions.Judging;

/// <summary>Which models can judge.</summary>
public sealed class JudgeModelTests
{
    private static readonly ModelRegistry Models = new(new InferenceOptions { OpenAiBaseUrl = new Uri("http://127.0.0.1:1/v1") }, TimeProvider.System);

    [Fact]
    public void None_is_named_and_none_judges() => Assert.Null(JudgeModel.Of(null, Models).Found);

    [Fact]
    public void A_model_that_can_be_asked_judges() => Assert.Equal("openai/qwen3", JudgeModel.Of("openai/qwen3", Models).Found?.Info.Id);

    [Theory]
    [InlineData("gpt", "\"gpt\" is not known to this server")]
    [InlineData("claude-haiku-5-5", "ANTHROPIC_API_KEY")]
    [InlineData("reverie/local", "\"reverie/local\" cannot judge")]
    [InlineData("reverie/scripted", "\"reverie/scripted\" cannot judge")]
    public void What_cannot_judge_is_refused_by_the_name_of_the_setting(string id, string problem)
    {
        var error = Assert.Throws<JudgeModelException>(() => JudgeModel.Of(id, Models));

        Assert.StartsWith("REVERIE_JUDGE_MODEL", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }
}
