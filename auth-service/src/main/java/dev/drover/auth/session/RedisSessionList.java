package dev.drover.auth.session;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

import dev.drover.auth.account.AccountId;
import dev.drover.auth.account.AccountKeys;
import dev.drover.auth.audit.AuditKeys;
import dev.drover.auth.audit.OwedEntry;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;

@Singleton
final class RedisSessionList implements SessionList {

    private final RedisScript enlistSession = RedisScript.load("enlist_session");
    private final RedisScript closeSessions = RedisScript.load("close_sessions");
    private final RedisCalls redis;
    private final long lifetimeMillis;
    private final int max;

    @Inject
    RedisSessionList(RedisCalls redis, SessionConfig config) {
        this(redis, config.maxLifetime().toMillis(), config.max());
    }

    RedisSessionList(RedisCalls redis, long lifetimeMillis, int max) {
        this.redis = redis;
        this.lifetimeMillis = lifetimeMillis;
        this.max = max;
    }

    @Override
    public Enlistment enlist(String account, long epoch, SessionId session) {
        Response answer = redis.run(
                enlistSession,
                List.of(AccountKeys.account(new AccountId(account)), SessionListKeys.sessions(account)),
                List.of(Long.toString(epoch), session.value(), Long.toString(lifetimeMillis), Integer.toString(max)));
        return switch (answer.get(0).toString()) {
            case "enlisted" ->
                new Enlistment.Enlisted(ids(answer).skip(1).map(SessionId::new).toList());
            case "stale" -> new Enlistment.Stale();
            default -> throw new IllegalStateException("enlist_session answered " + answer);
        };
    }

    @Override
    public void strikeOff(String account, List<SessionId> sessions) {
        remove(Command.ZREM, SessionListKeys.sessions(account), sessions);
    }

    @Override
    public List<SessionId> of(String account) {
        Response newest =
                redis.send(Command.ZRANGE, SessionListKeys.sessions(account), "0", Integer.toString(max - 1), "REV");
        return ids(newest).map(SessionId::new).toList();
    }

    @Override
    public void closeAll(String account, String because, OwedEntry entry) {
        redis.run(
                closeSessions,
                List.of(
                        AccountKeys.account(new AccountId(account)),
                        SessionListKeys.sessions(account),
                        SessionListKeys.closing(account),
                        AuditKeys.of(account)),
                List.of(because, entry.id(), entry.content(), entry.seal()));
    }

    @Override
    public Map<SessionId, String> closing(String account) {
        Response fields = redis.send(Command.HGETALL, SessionListKeys.closing(account));
        Map<SessionId, String> closing = new LinkedHashMap<>();
        for (String session : fields.getKeys()) {
            closing.put(new SessionId(session), fields.get(session).toString());
        }
        return closing;
    }

    @Override
    public void closed(String account, List<SessionId> sessions) {
        remove(Command.HDEL, SessionListKeys.closing(account), sessions);
    }

    private void remove(Command command, String key, List<SessionId> sessions) {
        if (sessions.isEmpty()) {
            return;
        }
        List<String> args = new ArrayList<>();
        args.add(key);
        sessions.forEach(session -> args.add(session.value()));
        redis.send(command, args.toArray(String[]::new));
    }

    private static Stream<String> ids(Response list) {
        return StreamSupport.stream(list.spliterator(), false).map(Response::toString);
    }
}
