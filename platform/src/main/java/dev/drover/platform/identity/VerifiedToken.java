package dev.drover.platform.identity;

import java.time.Instant;
import java.util.Set;

/** The claims of an access token whose signature and times were checked. */
public record VerifiedToken(String sub, String sid, Set<String> roles, Instant expiresAt) {}
