package dev.drover.platform.flags;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/** What a flag is for a context. */
public sealed interface Evaluation {

    /** @param rule which decided, by its name or its place, from 1 */
    record Resolved(Flag flag, String variant, JsonNode value, Reason reason, Optional<String> rule)
            implements Evaluation {}

    record Failed(Error error, String details) implements Evaluation {}

    /** As OpenFeature names them. */
    enum Reason {
        /** It has no rules. */
        STATIC,
        /** None of its rules holds. */
        DEFAULT,
        TARGETING_MATCH,
        /** The rule that decided is by percentage. */
        SPLIT,
        DISABLED
    }

    /** As OpenFeature names them. */
    enum Error {
        FLAG_NOT_FOUND,
        PARSE_ERROR,
        TARGETING_KEY_MISSING,
        INVALID_CONTEXT,
        PROVIDER_NOT_READY
    }
}
