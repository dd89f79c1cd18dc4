package dev.drover.platform.identity;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.inject.Singleton;

import io.quarkus.arc.DefaultBean;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.unchecked.Unchecked;
import org.jboss.logging.Logger;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.ServiceException;
import dev.drover.platform.stateless.ProcessLocal;
import dev.drover.platform.stateless.SoftCache;

/**
 * Verifies tokens by the keys auth-service publishes. The keys are a soft copy: a miss costs a fetch, never a wrong answer, and
 * auth-service being down does not stop tokens whose key is known, nor an instance that starts then: it takes the copy in Redis. An unknown key id
 * causes at most one fetch per interval, so that made-up ids cannot make this instance flood auth-service.
 */
@Singleton
@DefaultBean
final class JwksTokenVerifier implements TokenVerifier {

    private static final Logger LOG = Logger.getLogger(JwksTokenVerifier.class);
    private static final int BODY_CHARS_MAX = 64 * 1024;

    private final TokenClaims claims;
    private final IdentityConfig.Jwks config;
    private final Clock clock;
    private final KeySetStore copy;
    private final HttpClient http;

    @SoftCache(maxEntries = 16, maxAge = "PT5M", because = "a copy of public keys; one that is missing is fetched")
    private final AtomicReference<Keys> known = new AtomicReference<>(new Keys(Map.of(), Instant.EPOCH));

    @ProcessLocal(because = "bounds how often this process fetches the keys")
    private final AtomicReference<Fetch> latest = new AtomicReference<>();

    JwksTokenVerifier(TokenClaims claims, IdentityConfig config, Clock clock, KeySetStore copy) {
        this.claims = claims;
        this.config = config.jwks();
        this.clock = clock;
        this.copy = copy;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(config.jwks().timeout())
                .build();
    }

    @Override
    public Uni<VerifiedToken> verify(String token) {
        return Uni.createFrom().item(() -> claims.keyId(token)).flatMap(keyId -> {
            Keys keys = known.get();
            PublicKey key = keys.byId().get(keyId);
            if (key == null) {
                return TokenVerifier.onCallersContext(refresh())
                        .map(fresh -> claims.verify(token, require(fresh, keyId)));
            }
            if (keys.fetchedAt().plus(config.maxAge()).isBefore(clock.instant())) {
                refresh().subscribe().with(fresh -> {}, failure -> LOG.debugf("keys stay as they are: %s", failure));
            }
            return Uni.createFrom().item(claims.verify(token, key));
        });
    }

    /** Fetches the keys before anybody's token waits for them; auth-service may be starting at the same time, so twice. */
    void fetchAhead() throws InterruptedException {
        try {
            refresh().await().indefinitely();
        } catch (ServiceException notYet) {
            Thread.sleep(config.minRefreshInterval());
            refresh().await().indefinitely();
        }
    }

    private static PublicKey require(Keys keys, String keyId) {
        PublicKey key = keys.byId().get(keyId);
        if (key == null) {
            throw TokenClaims.unknownKey();
        }
        return key;
    }

    /** Joins the fetch under way, or the last one when it is too young for another; otherwise starts one. */
    private Uni<Keys> refresh() {
        Instant now = clock.instant();
        Fetch last = latest.get();
        if (last != null && now.isBefore(last.startedAt().plus(config.minRefreshInterval()))) {
            return last.result();
        }
        Fetch next = new Fetch(now, fetch().memoize().indefinitely());
        return latest.compareAndSet(last, next) ? next.result() : latest.get().result();
    }

    private Uni<Keys> fetch() {
        HttpRequest request = HttpRequest.newBuilder(URI.create(config.url().orElseThrow()))
                .timeout(config.timeout())
                .GET()
                .build();
        return Uni.createFrom()
                .item(Unchecked.supplier(() -> http.send(request, HttpResponse.BodyHandlers.ofString())))
                // Not sendAsync: that ends on the common pool, which has one thread on a small pod, and whoever blocks
                // it stops every log-in.
                .runSubscriptionOn(Thread::startVirtualThread)
                .map(JwksTokenVerifier::body)
                .map(this::parse)
                .onFailure()
                .recoverWithUni(this::copied)
                .invoke(known::set)
                .onFailure()
                .transform(failure -> {
                    LOG.warnf("public keys could not be fetched: %s", failure);
                    return new ServiceException(
                            PlatformError.STORE_UNAVAILABLE,
                            "The keys to check tokens with cannot be had at the moment.");
                });
    }

    /** What auth-service left where every service can read it, if it says more than is known. */
    private Uni<Keys> copied(Throwable unreachable) {
        return copy.read()
                .onItem()
                .ifNull()
                .failWith(unreachable)
                .map(this::parse)
                .flatMap(keys -> {
                    if (known.get().byId().keySet().containsAll(keys.byId().keySet())) {
                        return Uni.createFrom().failure(unreachable);
                    }
                    LOG.infof("public keys are those auth-service left in Redis: it cannot be asked (%s)", unreachable);
                    return Uni.createFrom().item(keys);
                });
    }

    private static String body(HttpResponse<String> response) {
        if (response.statusCode() != 200) {
            throw new IllegalStateException("key set answered " + response.statusCode());
        }
        return response.body();
    }

    private Keys parse(String keySet) {
        if (keySet.length() > BODY_CHARS_MAX) {
            throw new IllegalStateException("key set is too long: " + keySet.length());
        }
        try {
            Map<String, PublicKey> byId = new LinkedHashMap<>();
            for (JsonWebKey key : new JsonWebKeySet(keySet).getJsonWebKeys()) {
                if (key instanceof PublicJsonWebKey publicKey
                        && key.getKeyId() != null
                        && byId.size() < config.maxKeys()) {
                    byId.put(key.getKeyId(), publicKey.getPublicKey());
                }
            }
            return new Keys(Map.copyOf(byId), clock.instant());
        } catch (JoseException e) {
            throw new IllegalStateException("key set cannot be read", e);
        }
    }

    private record Keys(Map<String, PublicKey> byId, Instant fetchedAt) {}

    private record Fetch(Instant startedAt, Uni<Keys> result) {}
}
