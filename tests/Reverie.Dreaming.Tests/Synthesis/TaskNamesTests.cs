using Reverie.Dreaming.Review;

namespace Reverie.Dreaming.Tests.Synthesis;

/// <summary>Which sessions were set the same task.</summary>
public sealed class TaskNamesTests
{
    [Fact]
    public void Tasks_of_two_data_sets_that_share_their_ids_are_told_apart()
    {
        var toolbox = SessionDraft.Toolbox([Asked("a", "7", "Count the files."), Asked("b", "7", "Count the files."), Asked("c", "7", "Find the largest log."), Asked("d", "7", "Find the largest log.")]);

        Assert.Equal(2, toolbox.Tasks(toolbox.Sessions));
    }

    [Fact]
    public void A_task_that_everybody_words_anew_is_one_task()
    {
        var toolbox = SessionDraft.Toolbox([Asked("a", "7", "Count the files."), Asked("b", "7", "How many files?"), Asked("c", "8", "Find the log."), Asked("d", "8", "Where is the log?")]);

        Assert.Equal(2, toolbox.Tasks(toolbox.Sessions));
    }

    private static SessionReview Asked(string id, string task, string words) => new SessionDraft(id, task: task).User(words).Call("bash", new { command = "ls" }).Review();
}
