package dev.drover.realtime.socket;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import jakarta.inject.Singleton;

import dev.drover.platform.identity.Caller;
import dev.drover.platform.problem.ErrorCode;
import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.ServiceException;
import dev.drover.platform.redis.StoreUnavailableException;
import dev.drover.platform.stateless.ProcessLocal;
import dev.drover.realtime.RealtimeConfig;
import dev.drover.realtime.RealtimeError;
import dev.drover.realtime.socket.SessionStates.State;

/**
 * Looks at the open sockets now and then and ends those that may not stay: never authenticated, token run out, session revoked or expired,
 * or not reading. One look-up per session, however many sockets it has, and many in one message. Revocations are heard of ({@link RedisRevocations}), so as
 * long as anything is heard a round looks at a part of the sessions only, and all have their turn in {@link RealtimeConfig.Socket#sessionsWithin};
 * what may have gone unheard has the next round look at all.
 */
@Singleton
@ProcessLocal(because = "which part of this process's sockets has its turn, and whether anything may have gone unheard")
final class ClientChecks {

    private final Clients clients;
    private final SessionStates sessions;
    private final RealtimeConfig.Socket config;
    private final Clock clock;
    private final int turns;
    private final AtomicBoolean isAllDue = new AtomicBoolean(true);
    private volatile boolean hears;

    // Only the one thread that runs the rounds counts them.
    private int round;

    ClientChecks(Clients clients, SessionStates sessions, RealtimeConfig config, Clock clock) {
        this.clients = clients;
        this.sessions = sessions;
        this.config = config.socket();
        this.clock = clock;
        this.turns = (int)
                Math.clamp(this.config.sessionsWithin().dividedBy(this.config.checkEvery()), 1, Integer.MAX_VALUE);
    }

    /** Whether revocations are heard of. */
    void hears(boolean hears) {
        this.hears = hears;
        lookAtAll();
    }

    /** Something may have gone unheard. */
    void lookAtAll() {
        isAllDue.set(true);
    }

    void runOnce() {
        Collection<Client> all = clients.all();
        Instant now = clock.instant();
        for (Client client : all) {
            client.endIfStalled(config.stallTimeout());
            checkIdle(client, now);
            checkTime(client, now);
        }
        round = (round + 1) % turns;
        boolean isAll = isAllDue.getAndSet(false) || !hears;
        try {
            lookAt(sid -> isAll || Math.floorMod(sid.hashCode(), turns) == round);
        } catch (StoreUnavailableException e) {
            lookAtAll();
            throw e;
        }
    }

    /** Looks at these sessions, as far as they have a socket here. Blocks. */
    void look(Set<String> sids) {
        lookAt(sids::contains);
    }

    private void lookAt(Predicate<String> due) {
        Map<String, List<Client>> bySession = clients.all().stream()
                .filter(client -> client.caller().map(Caller::sid).filter(due).isPresent())
                .collect(Collectors.groupingBy(
                        client -> client.caller().orElseThrow().sid()));
        sessions.of(bySession.keySet())
                .forEach((sid, state) -> ended(state).ifPresent(code -> bySession.get(sid).stream()
                        // A fresh token may have put another session in its place.
                        .filter(client -> client.caller()
                                .map(Caller::sid)
                                .filter(sid::equals)
                                .isPresent())
                        .forEach(client -> client.end(
                                new ServiceException(code, "Log in again."), null, CloseCode.SESSION_ENDED))));
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

    private static Optional<ErrorCode> ended(State state) {
        return switch (state) {
            case LIVE -> Optional.empty();
            case REVOKED -> Optional.of(PlatformError.SESSION_REVOKED);
            case EXPIRED -> Optional.of(PlatformError.SESSION_EXPIRED);
        };
    }
}
