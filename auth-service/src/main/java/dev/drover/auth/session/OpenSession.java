package dev.drover.auth.session;

import java.time.Instant;

/**
 * A session that counts.
 *
 * @param lastUsedAt to within some minutes: a use that is hardly younger than the last one known is not written down
 */
record OpenSession(SessionId id, SessionOrigin origin, Instant createdAt, Instant lastUsedAt) {}
