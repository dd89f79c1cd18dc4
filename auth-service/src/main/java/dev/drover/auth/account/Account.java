package dev.drover.auth.account;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;

import dev.drover.auth.password.PasswordHash;

/**
 * Somebody who may log in. Times are kept to the millisecond, so that what was answered at creation is what is read later.
 *
 * @param version      grows with every change that shows
 * @param lockedAt     when an admin kept it from logging in
 * @param sessionEpoch grows when all sessions are ended: what was proved in an earlier epoch opens none
 */
public record Account(
        AccountId id,
        EmailAddress email,
        Optional<DisplayName> displayName,
        PasswordHash passwordHash,
        boolean emailVerified,
        Set<String> roles,
        Instant createdAt,
        long version,
        long sessionEpoch,
        Optional<Instant> lockedAt) {

    public Account {
        roles = Set.copyOf(roles);
        createdAt = createdAt.truncatedTo(ChronoUnit.MILLIS);
    }

    static Account signedUp(AccountId id, SignUp request, PasswordHash passwordHash, Instant now) {
        return new Account(
                id, request.email(), request.displayName(), passwordHash, false, Set.of(), now, 0, 0, Optional.empty());
    }

    Account withPasswordHash(PasswordHash hash) {
        return new Account(
                id, email, displayName, hash, emailVerified, roles, createdAt, version, sessionEpoch, lockedAt);
    }
}
