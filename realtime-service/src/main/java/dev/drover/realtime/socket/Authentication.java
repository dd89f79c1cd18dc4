package dev.drover.realtime.socket;

import java.util.Optional;

import jakarta.inject.Singleton;

import dev.drover.platform.identity.CallerMechanism;
import dev.drover.platform.identity.TokenVerifier;

/** Establishes who a socket belongs to from the token in a frame. */
@Singleton
class Authentication {

    private final CallerMechanism callers;
    private final TokenVerifier tokens;

    Authentication(CallerMechanism callers, TokenVerifier tokens) {
        this.callers = callers;
        this.tokens = tokens;
    }

    /** Blocks; throws a {@link dev.drover.platform.problem.ServiceException} that says why the token does not count. */
    Identified byToken(String token) {
        return callers.byToken(token)
                .flatMap(caller ->
                        tokens.verify(token).map(verified -> new Identified(caller, Optional.of(verified.expiresAt()))))
                .await()
                .indefinitely();
    }
}
