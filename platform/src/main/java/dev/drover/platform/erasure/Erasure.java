package dev.drover.platform.erasure;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The erasure of a user. Whoever has its id may watch it: by then there is no session to ask by.
 *
 * @param account    whose; empty once it is done
 * @param done       the steps that are through
 * @param finishedAt empty while it is under way
 */
public record Erasure(
        String id, Optional<String> account, Set<ErasureStep> done, Instant requestedAt, Optional<Instant> finishedAt) {

    public Erasure {
        done = Set.copyOf(done);
    }
}
