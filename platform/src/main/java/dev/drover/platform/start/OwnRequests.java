package dev.drover.platform.start;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;

import io.quarkus.security.Authenticated;
import io.quarkus.vertx.http.HttpServer;
import org.jboss.resteasy.reactive.server.mapping.RuntimeResource;
import org.jboss.resteasy.reactive.server.mapping.URITemplate;

import dev.drover.platform.http.ResourceMap;
import dev.drover.platform.identity.SessionCookie;

/**
 * Requests of the instance to itself, over the network and through the whole stack: to each endpoint that only reads, asks for a caller and has
 * no parameter, by the cookie of a session that never was. They are refused, and on the way there the server, the identity, the look-up in Redis and
 * the form of a problem have been gone through; a round that is not answered well does not count. Nothing is changed by them, and nobody's quota is touched.
 */
@Singleton
final class OwnRequests implements WarmUp {

    private static final Duration EACH = Duration.ofSeconds(3);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int SERVERS_FAULT = 500;
    private static final String NOBODY =
            SessionCookie.value("ses_" + "0".repeat(26), "usr_" + "0".repeat(26), "0".repeat(43));

    private final HttpServer server;
    private final SessionCookie cookie;
    private final WarmUpConfig config;

    OwnRequests(HttpServer server, SessionCookie cookie, WarmUpConfig config) {
        this.server = server;
        this.cookie = cookie;
        this.config = config;
    }

    @Override
    public void run() throws Exception {
        try (HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(withoutAuthorities())
                .build()) {
            List<String> paths = readable();
            int round = 0;
            while (round < config.rounds()) {
                if (isAnswered(http, paths)) {
                    round++;
                } else {
                    Thread.sleep(PAUSE);
                }
            }
        }
    }

    /** To itself it speaks plainly; the client would read all authorities of the JVM's trust store first. */
    private static SSLContext withoutAuthorities() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[0], null);
        return context;
    }

    /** Whether none was answered as clients must not be: late, or with 503 because the cold code of a call outlasted its time. */
    private boolean isAnswered(HttpClient http, List<String> paths) throws IOException, InterruptedException {
        try {
            for (String path : paths) {
                if (http.send(request(path), HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        >= SERVERS_FAULT) {
                    return false;
                }
            }
            return true;
        } catch (HttpTimeoutException late) {
            return false;
        }
    }

    /** Those that ask for a caller: what is public would be answered, and one does not ask oneself what one does not want to know. */
    private static List<String> readable() {
        return ResourceMap.ofTheApplication().all().stream()
                .filter(resource -> "GET".equals(resource.getHttpMethod()))
                .filter(OwnRequests::needsCaller)
                .map(OwnRequests::path)
                .filter(path -> !path.contains("{"))
                .distinct()
                .toList();
    }

    private static boolean needsCaller(RuntimeResource resource) {
        return Stream.of(resource.getLazyMethod().getMethod(), resource.getResourceClass())
                .anyMatch(place -> place.isAnnotationPresent(Authenticated.class)
                        || place.isAnnotationPresent(RolesAllowed.class));
    }

    private static String path(RuntimeResource resource) {
        URITemplate ofClass = resource.getClassPath();
        return (ofClass == null ? "" : ofClass.template) + resource.getPath().template;
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(server.getLocalBaseUri().resolve(path))
                .timeout(EACH)
                .header("Cookie", cookie.name() + "=" + NOBODY)
                .GET()
                .build();
    }
}
