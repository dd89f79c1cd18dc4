package dev.drover.platform.idempotency;

/** How a request with a key goes on. */
sealed interface Passage {

    /** The resource is asked; the run ends with its answer. */
    record Run(ActiveRun run) implements Passage {}

    /** It was answered before. */
    record Replay(Answer answer) implements Passage {}

    /** The same request is being answered at this moment. */
    record Running() implements Passage {}

    /** Nothing is kept of it for a caller whose session has ended, and it is not run. */
    record Unknown() implements Passage {}

    /** The key stands for another request. */
    record Differs() implements Passage {}
}
