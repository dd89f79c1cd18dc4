package dev.drover.jobs.worker;

/** How a run ended, in the handler's words. */
public sealed interface JobOutcome {

    /** The work is done. {@code resultJson}: a JSON value as text, kept with the job. */
    record Succeeded(String resultJson) implements JobOutcome {}

    /** The work is not done, and why. */
    sealed interface NotDone extends JobOutcome {
        String reason();
    }

    /** It did not work this time: spends an attempt, and is tried again later unless that was the last one. */
    record Retry(String reason) implements NotDone {}

    /** The work's answer is no: the job ends as failed, with the reason. An answer, not a fault; nobody needs to look at it. */
    record Failed(String reason) implements NotDone {}

    /** It can never work, and someone should know why: the job is dead at once, with the reason. */
    record Dead(String reason) implements NotDone {}
}
