package dev.drover.platform.flags;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import org.jboss.logging.Logger;

import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisListening;
import dev.drover.platform.redis.RedisScript;
import dev.drover.platform.stateless.LocalTick;
import dev.drover.platform.stateless.ProcessLocal;
import dev.drover.platform.stateless.SoftCache;

/**
 * This instance's copy of all flags, so that an evaluation asks nobody. A change is told by pub/sub and looked for every so often besides, in
 * case it went unheard. While Redis does not answer, the last copy goes on being used, and says how old it is.
 */
@Singleton
@ProcessLocal(because = "when this process read the flags last, and whether it reads them at this moment")
@LocalTick(because = "looks for changes for this process's copy")
public final class FlagCopy implements RedisListening.Listener {

    private static final Logger LOG = Logger.getLogger(FlagCopy.class);
    private static final RedisScript READ = RedisScript.load("read_flags");
    private static final List<String> KEYS = List.of(FlagKeys.REVISION, FlagKeys.RECORDS);
    private static final String SIGN_OF_LIFE = FlagKeys.CHANGED + "-";

    private final RedisCalls calls;
    private final FlagConfig config;
    private final Vertx vertx;
    private final RedisListening listening;

    private final AtomicBoolean isReading = new AtomicBoolean();

    private volatile boolean isToldOfMore;

    @SoftCache(
            maxEntries = 500,
            maxAge = "PT0.25S",
            because = "confirmed by Redis that often; while Redis does not answer, every evaluation says how old it is")
    private volatile FlagSnapshot snapshot = FlagSnapshot.NONE;

    private volatile long confirmedNanos;

    FlagCopy(RedisCalls calls, Redis redis, FlagConfig config, Vertx vertx, MeterRegistry meters) {
        this.calls = calls;
        this.config = config;
        this.vertx = vertx;
        this.listening = new RedisListening(redis, vertx, SIGN_OF_LIFE, this);
        this.confirmedNanos = System.nanoTime();
        if (config.copied()) {
            meters.gauge("drover.flags.age", this, copy -> copy.age().toMillis() / 1000.0);
            meters.gauge("drover.flags.revision", this, copy -> copy.snapshot.revision());
        }
    }

    void start(@Observes StartupEvent event) {
        if (config.copied()) {
            listening.start();
            refresh();
            vertx.setPeriodic(config.poll().toMillis(), timer -> refresh());
        }
    }

    void stop(@Observes ShutdownEvent event) {
        listening.stop();
    }

    /** Not loaded before the first answer of Redis. */
    public FlagSnapshot snapshot() {
        return snapshot;
    }

    /** How long ago Redis confirmed the copy. */
    public Duration age() {
        return Duration.ofNanos(System.nanoTime() - confirmedNanos);
    }

    public boolean isStale() {
        return age().compareTo(config.staleAfter()) > 0;
    }

    @Override
    public List<Request> subscriptions() {
        return List.of(Request.cmd(Command.SUBSCRIBE).arg(FlagKeys.CHANGED));
    }

    /** A message says that there is more, and so does the news that listening has begun: what was said before went unheard. */
    @Override
    public void take(Response push) {
        String kind = push.get(0).toString();
        if ((kind.equals("message") || kind.equals("subscribe"))
                && push.get(1).toString().equals(FlagKeys.CHANGED)) {
            refresh();
        }
    }

    /** One reading at a time; what is told meanwhile is read after it. */
    private void refresh() {
        if (!isReading.compareAndSet(false, true)) {
            isToldOfMore = true;
            return;
        }
        isToldOfMore = false;
        long askedNanos = System.nanoTime();
        calls.runAsync(READ, KEYS, List.of(Long.toString(snapshot.revision())))
                .subscribe()
                .with(answer -> done(answer, askedNanos), this::failed);
    }

    private void done(io.vertx.mutiny.redis.client.Response answer, long askedNanos) {
        try {
            if (answer.size() > 1 || answer.get(0).toLong() != snapshot.revision()) {
                snapshot = parsed(answer);
            }
            confirmedNanos = askedNanos;
        } finally {
            ended();
        }
    }

    private void failed(Throwable failure) {
        LOG.debugf("the flags could not be read: %s", failure.getMessage());
        ended();
    }

    private void ended() {
        isReading.set(false);
        if (isToldOfMore) {
            refresh();
        }
    }

    private static FlagSnapshot parsed(io.vertx.mutiny.redis.client.Response answer) {
        SortedMap<String, Flag> flags = new TreeMap<>();
        Map<String, String> faulty = new HashMap<>();
        for (int i = 1; i + 1 < answer.size(); i += 2) {
            String key = answer.get(i).toString();
            try {
                StoredFlag stored = StoredFlag.parse(answer.get(i + 1).toString());
                switch (FlagDocument.read(key, stored.document(), stored.version(), stored.updatedAt())) {
                    case FlagDocument.Reading.Readable readable -> flags.put(key, readable.flag());
                    case FlagDocument.Reading.Faulty fault ->
                        faulty.put(key, "This version of the service cannot read the flag.");
                }
            } catch (IllegalArgumentException e) {
                faulty.put(key, "What is stored is no flag.");
            }
        }
        if (!faulty.isEmpty()) {
            LOG.warnf("flags that cannot be read are evaluated as errors: %s", faulty.keySet());
        }
        return new FlagSnapshot(answer.get(0).toLong(), flags, faulty);
    }
}
