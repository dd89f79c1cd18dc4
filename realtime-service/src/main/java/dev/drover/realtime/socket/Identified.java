package dev.drover.realtime.socket;

import java.time.Instant;
import java.util.Optional;

import dev.drover.platform.identity.Caller;

/**
 * Who a socket belongs to.
 *
 * @param tokenExpiresAt until when the token counts; empty when the session cookie proved it
 */
record Identified(Caller caller, Optional<Instant> tokenExpiresAt) {}
