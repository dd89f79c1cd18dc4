package dev.drover.lab.operator;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import io.vertx.core.json.JsonObject;

import dev.drover.lab.operator.SuiteApi.Answer;
import dev.drover.lab.rounds.Rounds;

/** What the lab does in the suite as its admin: it looks at the queues, and it is the worker outside that runs the playground's jobs. */
public final class Operator implements AutoCloseable {
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration AGAIN = Duration.ofSeconds(3);

    /** An access token counts ten minutes. */
    private static final Duration TOKEN_USED_FOR = Duration.ofMinutes(5);

    private final SuiteApi api;
    private final OperatorAccount account;
    private final Clock clock;
    private final PlaygroundWorker worker;
    private final PlaygroundFlag flag;
    private final List<Rounds> working = new ArrayList<>();
    private volatile String token;
    private volatile Instant tokenAt = Instant.EPOCH;
    private volatile Long waiting;

    public Operator(SuiteApi api, OperatorAccount account, Clock clock) {
        this.api = api;
        this.account = account;
        this.clock = clock;
        this.worker = new PlaygroundWorker(api, this::token);
        this.flag = new PlaygroundFlag(api);
    }

    public void start() {
        working.add(Rounds.start("operator", () -> step() ? LOOK : AGAIN));
        working.add(Rounds.start("playground-worker", worker));
    }

    /** Jobs that wait or are due, over all queues; nothing while it cannot be read. */
    public OptionalLong waiting() {
        Long seen = waiting;
        return seen == null ? OptionalLong.empty() : OptionalLong.of(seen);
    }

    public QueueDesk queues() {
        return new QueueDesk(api, this::token);
    }

    private Optional<String> token() {
        return Optional.ofNullable(token);
    }

    private boolean step() throws InterruptedException {
        try {
            if (token == null || tokenAt.plus(TOKEN_USED_FOR).isBefore(clock.instant())) {
                token = account.logIn().orElse(null);
                tokenAt = clock.instant();
            }
            if (token == null) {
                return false;
            }
            flag.define(token);
            Answer queues = api.get("/queues", token).send();
            if (queues.status() == 401) {
                token = null;
            }
            waiting = queues.isGood() ? waiting(queues.body()) : null;
            return queues.isGood();
        } catch (IOException e) {
            waiting = null;
            return false;
        }
    }

    private static long waiting(JsonObject queues) {
        return queues.getJsonArray("queues").stream()
                .map(JsonObject.class::cast)
                .mapToLong(queue -> queue.getJsonObject("counts").getLong("waiting", 0L))
                .sum();
    }

    @Override
    public void close() {
        working.forEach(Rounds::close);
        api.close();
    }
}
