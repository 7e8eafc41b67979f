using Reverie.Inference;
using static Reverie.Tests.Inference.Asking;

namespace Reverie.Tests.Inference;

public sealed class LocalProviderTests
{
    [Fact]
    public async Task Without_a_model_a_notice_says_what_to_set()
    {
        var provider = Provider(new ModelRegistry(new InferenceOptions(), TimeProvider.System), ModelWords.LocalModel);

        var response = Whole(await UpdatesAsync(provider, Request(ModelWords.LocalModel, User("Hello?"))));

        Assert.Contains("ANTHROPIC_API_KEY", Assert.IsType<TextBlock>(Assert.Single(response.Blocks)).Text);
        Assert.Equal(ModelUsage.None, response.Usage);
    }
}
