package dev.drover.realtime.socket;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.inject.Singleton;

import dev.drover.platform.identity.Caller;
import dev.drover.platform.problem.ErrorCode;
import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.ServiceException;
import dev.drover.realtime.RealtimeConfig;
import dev.drover.realtime.RealtimeError;
import dev.drover.realtime.socket.SessionStates.State;

/**
 * Looks at the open sockets now and then and ends those that may not stay: never authenticated, token run out, session revoked or expired,
 * or not reading. One look-up per session, however many sockets it has.
 */
@Singleton
final class ClientChecks {

    private final Clients clients;
    private final SessionStates sessions;
    private final RealtimeConfig.Socket config;
    private final Clock clock;

    ClientChecks(Clients clients, SessionStates sessions, RealtimeConfig config, Clock clock) {
        this.clients = clients;
        this.sessions = sessions;
        this.config = config.socket();
        this.clock = clock;
    }

    void runOnce() {
        Collection<Client> all = clients.all();
        Instant now = clock.instant();
        for (Client client : all) {
            client.endIfStalled(config.stallTimeout());
            checkIdle(client, now);
            checkTime(client, now);
        }
        Set<String> sids = all.stream()
                .flatMap(client -> client.caller().stream())
                .map(Caller::sid)
                .collect(Collectors.toSet());
        Map<String, State> states = sessions.of(sids);
        for (Client client : all) {
            client.caller()
                    .flatMap(caller -> ended(states.get(caller.sid())))
                    .ifPresent(code ->
                            client.end(new ServiceException(code, "Log in again."), null, CloseCode.SESSION_ENDED));
        }
    }

    private void checkIdle(Client client, Instant now) {
        if (now.isAfter(client.heardAt().plus(config.idleTimeout()))) {
            client.end(
                    new ServiceException(RealtimeError.IDLE_TIMEOUT, "Answer pings, or send some."),
                    null,
                    CloseCode.IDLE);
        }
    }

    private void checkTime(Client client, Instant now) {
        if (client.caller().isEmpty()) {
            if (now.isAfter(client.openedAt().plus(config.authenticationTimeout()))) {
                client.end(
                        new ServiceException(
                                RealtimeError.AUTHENTICATION_TIMEOUT,
                                "The first frame is {\"type\":\"auth\",\"token\":…}."),
                        null,
                        CloseCode.UNAUTHENTICATED);
            }
            return;
        }
        if (client.tokenExpiresAt().filter(now::isAfter).isPresent()) {
            client.end(
                    new ServiceException(PlatformError.TOKEN_EXPIRED, "Send a fresh one before it expires."),
                    null,
                    CloseCode.TOKEN_EXPIRED);
        }
    }

    /** A session that is not in the answer appeared after the question; the next round asks for it. */
    private static Optional<ErrorCode> ended(State state) {
        return state == null
                ? Optional.empty()
                : switch (state) {
                    case LIVE -> Optional.empty();
                    case REVOKED -> Optional.of(PlatformError.SESSION_REVOKED);
                    case EXPIRED -> Optional.of(PlatformError.SESSION_EXPIRED);
                };
    }
}
