package dev.drover.realtime.socket;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import jakarta.inject.Singleton;

import io.vertx.mutiny.redis.client.Response;

import dev.drover.platform.identity.SessionKeys;
import dev.drover.platform.redis.RedisCalls;

@Singleton
final class RedisSessionStates implements SessionStates {

    private final RedisCalls redis;

    RedisSessionStates(RedisCalls redis) {
        this.redis = redis;
    }

    @Override
    public Map<String, State> of(Collection<String> sessionIds) {
        List<String> ids = List.copyOf(sessionIds);
        List<Response> answers =
                redis.readHashes(ids.stream().map(SessionKeys::session).toList(), "sub", "revokedAt");
        Map<String, State> states = HashMap.newHashMap(ids.size());
        for (int i = 0; i < ids.size(); i++) {
            Response fields = answers.get(i);
            State state = fields.get(0) == null ? State.EXPIRED : State.LIVE;
            states.put(ids.get(i), fields.get(1) != null ? State.REVOKED : state);
        }
        return states;
    }
}
