package dev.drover.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import io.vertx.redis.client.Command;

import dev.drover.platform.redis.RedisCalls;
import dev.drover.testing.RedisNodes;

/** What an instance leaves that dies between what it did and the record of its answer: everything but the record. */
public final class LostRecords {

    private LostRecords() {}

    public static void lose(RedisCalls redis) {
        List<String> records = RedisNodes.ofTheService().ask("KEYS", "drover:{idem:*").stream()
                .flatMap(String::lines)
                .filter(name -> !name.isBlank())
                .toList();
        assertThat(records).isNotEmpty();
        records.forEach(record -> redis.send(Command.DEL, record));
    }
}
