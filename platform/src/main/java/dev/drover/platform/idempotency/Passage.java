package dev.drover.platform.idempotency;

/** How a request with a key goes on. */
sealed interface Passage {

    /** The resource is asked; the run ends with its answer. */
    record Run(ActiveRun run) implements Passage {}

    /** It was answered before. */
    record Replay(Answer answer) implements Passage {}

    /** The same request is being answered at this moment. */
    record Running() implements Passage {}

    /** The key stands for another request. */
    record Differs() implements Passage {}
}
