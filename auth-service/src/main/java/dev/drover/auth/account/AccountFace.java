package dev.drover.auth.account;

import java.util.Optional;

/** What an account shows of itself to whoever it belongs to. */
record AccountFace(AccountId id, String email, Optional<String> displayName, boolean emailVerified) {}
