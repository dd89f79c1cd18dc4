package dev.drover.platform.mail;

import java.util.Optional;

import jakarta.inject.Singleton;

import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

import dev.drover.platform.redis.RedisCalls;

@Singleton
final class RedisLetters implements Letters {

    private final RedisCalls redis;

    RedisLetters(RedisCalls redis) {
        this.redis = redis;
    }

    @Override
    public Optional<Letter> find(LetterKey key) {
        Response fields = redis.send(Command.HMGET, key.toString(), "to", "subject", "text", "html");
        if (fields.get(0) == null) {
            return Optional.empty();
        }
        return Optional.of(new Letter(
                fields.get(0).toString(),
                fields.get(1).toString(),
                fields.get(2).toString(),
                Optional.ofNullable(fields.get(3)).map(Response::toString)));
    }

    @Override
    public void discard(LetterKey key) {
        redis.send(Command.DEL, key.toString());
    }
}
