package dev.drover.lab.access;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import io.vertx.core.http.HttpServerRequest;

import dev.drover.lab.gateway.Problems;

/**
 * Who may look and who may act. What acts needs the token in a header, which no form and no foreign page can send, and an origin that is the
 * room's own. On this machine looking is free, and a page of the user who runs the lab is given the token; anywhere else everything needs it.
 */
public final class Access {
    private static final int TOKEN_CHARACTERS_MIN = 16;
    private static final int HTTPS_PORT = 443;
    private static final String SEAL = "HmacSHA256";
    private static final Duration SEAL_HOLDS = Duration.ofMinutes(10);

    private final String token;
    private final Set<String> hosts;
    private final Set<String> origins;
    private final boolean local;
    private final PeerUser peers;
    private final Clock clock;

    private Access(String token, Set<String> hosts, Set<String> origins, boolean local, PeerUser peers, Clock clock) {
        if (token.length() < TOKEN_CHARACTERS_MIN) {
            throw new IllegalArgumentException(
                    "the token of the control room must have at least " + TOKEN_CHARACTERS_MIN + " characters");
        }
        this.token = token;
        this.hosts = hosts;
        this.origins = origins;
        this.local = local;
        this.peers = peers;
        this.clock = clock;
    }

    /** For a room that listens on the loopback interface only. */
    public static Access onThisMachine(String token, int port) {
        return onThisMachine(token, port, new PeerUser(Path.of("/proc"), port));
    }

    static Access onThisMachine(String token, int port, PeerUser peers) {
        Set<String> hosts = Set.of("localhost:" + port, "127.0.0.1:" + port);
        Set<String> origins = hosts.stream().map(host -> "http://" + host).collect(Collectors.toUnmodifiableSet());
        return new Access(token, hosts, origins, true, peers, Clock.systemUTC());
    }

    /**
     * For a room others can reach: looking needs the token too, and nobody is given it.
     *
     * @param origins what people call it by, such as {@code https://room.example.org}
     */
    public static Access byToken(String token, Set<String> origins, Clock clock) {
        Set<String> hosts = origins.stream()
                .map(origin -> URI.create(origin).getAuthority())
                .collect(Collectors.toUnmodifiableSet());
        return new Access(token, hosts, Set.copyOf(origins), false, null, clock);
    }

    /** A name that was re-bound to this machine must not make a foreign page a local one. */
    public boolean isForThisHost(HttpServerRequest request) {
        String host = request.getHeader("Host");
        return host != null && hosts.contains(host.replaceFirst(":" + HTTPS_PORT + "$", ""));
    }

    /** Answers the refusal itself. */
    public boolean mayLook(HttpServerRequest request) {
        if (local || hasToken(request)) {
            return true;
        }
        return refuse(request);
    }

    /** Answers the refusal itself. */
    public boolean mayAct(HttpServerRequest request) {
        if (isForeign(request)) {
            Problems.send(request, 403, "foreign_origin", "Foreign origin", "only the lab's own page may do this");
            return false;
        }
        return hasToken(request) || refuse(request);
    }

    /** A path that a browser may follow for some minutes without a header, given to who has the token. */
    public String sealed(String path) {
        if (local) {
            return path;
        }
        long until = clock.instant().plus(SEAL_HOLDS).getEpochSecond();
        return path + "?until=" + until + "&seal=" + seal(path, until);
    }

    /** By the token or by a seal of this very path. Answers the refusal itself. */
    public boolean mayFollow(HttpServerRequest request) {
        String until = String.valueOf(request.getParam("until"));
        String given = String.valueOf(request.getParam("seal"));
        boolean isSealed = !local
                && until.matches("\\d{1,12}")
                && Long.parseLong(until) > clock.instant().getEpochSecond()
                && isSame(given, seal(request.path(), Long.parseLong(until)));
        return isSealed || mayLook(request);
    }

    private String seal(String path, long until) {
        try {
            Mac mac = Mac.getInstance(SEAL);
            mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), SEAL));
            return HexFormat.of().formatHex(mac.doFinal((path + " " + until).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + SEAL, e);
        }
    }

    private static boolean isSame(String given, String right) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
    }

    /** The token, for the lab's own page in a browser of the user who runs the lab. */
    public Optional<String> forPage(HttpServerRequest request) throws IOException {
        boolean samePage = "same-origin".equals(request.getHeader("Sec-Fetch-Site")) && !isForeign(request);
        return local && samePage && peers.isOurs(request.remoteAddress().port())
                ? Optional.of(token)
                : Optional.empty();
    }

    private boolean isForeign(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        String site = request.getHeader("Sec-Fetch-Site");
        boolean foreignOrigin = origin != null && !origins.contains(origin);
        boolean foreignSite = site != null && !site.equals("same-origin") && !site.equals("none");
        return foreignOrigin || foreignSite;
    }

    private boolean hasToken(HttpServerRequest request) {
        String sent = Optional.ofNullable(request.getHeader("Authorization")).orElse("");
        return isSame(sent, "Bearer " + token);
    }

    private static boolean refuse(HttpServerRequest request) {
        request.response().putHeader("WWW-Authenticate", "Bearer");
        Problems.send(
                request,
                401,
                "token_required",
                "Token required",
                "send the token of this control room as a bearer token");
        return false;
    }

    @Override
    public String toString() {
        return "Access[" + (local ? "this machine" : "by token") + "]";
    }
}
