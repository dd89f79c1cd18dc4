package dev.drover.realtime.socket;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.virtual.threads.VirtualThreads;
import io.vertx.core.Vertx;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import org.jboss.logging.Logger;

import dev.drover.platform.identity.SessionKeys;
import dev.drover.platform.redis.RedisListening;
import dev.drover.platform.redis.StoreUnavailableException;
import dev.drover.platform.stateless.ProcessLocal;

/**
 * Hears which sessions are revoked and has those looked at that have a socket here. A word only wakes: the store says what became of the session. What
 * goes unheard is looked for; see {@link ClientChecks}.
 */
@Singleton
@ProcessLocal(because = "what this process has heard and not looked at yet; what is lost of it is looked for")
final class RedisRevocations implements RedisListening.Listener {

    private static final Logger LOG = Logger.getLogger(RedisRevocations.class);
    private static final String SIGN_OF_LIFE = SessionKeys.REVOKED + "-";
    private static final int TOLD_MAX = 10_000;

    private final ClientChecks checks;
    private final ExecutorService threads;
    private final RedisListening listening;
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean isLooking = new AtomicBoolean();

    RedisRevocations(Redis redis, Vertx vertx, ClientChecks checks, @VirtualThreads ExecutorService threads) {
        this.checks = checks;
        this.threads = threads;
        this.listening = new RedisListening(redis, vertx, SIGN_OF_LIFE, this);
    }

    void start(@Observes StartupEvent event) {
        listening.start();
    }

    void stop(@Observes ShutdownEvent event) {
        listening.stop();
    }

    @Override
    public List<Request> subscriptions() {
        return List.of(Request.cmd(Command.SUBSCRIBE).arg(SessionKeys.REVOKED));
    }

    @Override
    public void silenced() {
        checks.hears(false);
    }

    @Override
    public void take(Response push) {
        String kind = push.get(0).toString();
        if (push.size() < 3 || !push.get(1).toString().equals(SessionKeys.REVOKED)) {
            return;
        }
        if (kind.equals("subscribe")) {
            checks.hears(true);
        } else if (kind.equals("message")) {
            if (told.size() < TOLD_MAX) {
                told.add(push.get(2).toString());
            } else {
                checks.lookAtAll();
            }
            look();
        }
    }

    /** One look at a time; what is told meanwhile is looked at after it. */
    private void look() {
        if (isLooking.compareAndSet(false, true)) {
            threads.execute(this::lookAtWhatWasTold);
        }
    }

    private void lookAtWhatWasTold() {
        try {
            Set<String> batch = new HashSet<>(told);
            told.removeAll(batch);
            checks.look(batch);
        } catch (StoreUnavailableException e) {
            LOG.debugf("revoked sessions: %s, looked at with all then", e.getMessage());
            checks.lookAtAll();
        } finally {
            isLooking.set(false);
        }
        if (!told.isEmpty()) {
            look();
        }
    }
}
