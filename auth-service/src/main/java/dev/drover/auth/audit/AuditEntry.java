package dev.drover.auth.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * An event as it was written down.
 *
 * @param sequence grows by one with each entry
 * @param at       by Redis's clock
 * @param address  the network the request came from, where there was one
 * @param hash     of this entry and the hash of the one before
 */
record AuditEntry(long sequence, Instant at, AuditEvent event, Optional<String> address, String hash) {}
