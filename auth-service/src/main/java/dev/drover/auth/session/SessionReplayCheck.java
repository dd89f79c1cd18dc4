package dev.drover.auth.session;

import java.io.IOException;
import java.util.Set;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.drover.auth.token.AccessTokens;
import dev.drover.platform.idempotency.RecordedAnswer;
import dev.drover.platform.idempotency.ReplayCheck;

/** Tokens are given again while they are of use: the session lives and the access token has not expired. */
@Singleton
final class SessionReplayCheck implements ReplayCheck {

    private static final Set<String> ROUTES = Set.of(LogInResource.LOG_IN, LogInResource.REFRESH);
    private static final int OK = 200;

    private final SessionStore sessions;
    private final AccessTokens tokens;
    private final ObjectMapper json;

    SessionReplayCheck(SessionStore sessions, AccessTokens tokens, ObjectMapper json) {
        this.sessions = sessions;
        this.tokens = tokens;
        this.json = json;
    }

    @Override
    public boolean stillHolds(RecordedAnswer answer) {
        if (!ROUTES.contains(answer.route()) || answer.status() != OK) {
            return true;
        }
        return answer.age().compareTo(tokens.lifetime()) < 0 && sessions.isLive(session(answer.body()));
    }

    private SessionId session(byte[] body) {
        try {
            return new SessionId(json.readTree(body).path("sessionId").asText());
        } catch (IOException e) {
            throw new IllegalStateException("a recorded answer with tokens is not JSON", e);
        }
    }
}
