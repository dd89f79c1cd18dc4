package dev.drover.platform.idempotency;

/** How a request with a key goes on. */
sealed interface Admission {

    /** The resource is asked; the run ends with its answer. */
    record Run(ActiveRun run) implements Admission {}

    /** It was answered before. */
    record Replay(Answer answer) implements Admission {}

    /** The same request is being answered at this moment. */
    record Running() implements Admission {}

    /** The key stands for another request. */
    record Differs() implements Admission {}
}
