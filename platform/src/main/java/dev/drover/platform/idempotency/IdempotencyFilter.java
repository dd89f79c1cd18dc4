package dev.drover.platform.idempotency;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.mapping.RuntimeResource;
import org.jboss.resteasy.reactive.server.mapping.URITemplate;

import dev.drover.platform.http.FilterOrder;
import dev.drover.platform.identity.Caller;
import dev.drover.platform.identity.EndedCaller;
import dev.drover.platform.identity.OpenToEndedSessions;
import dev.drover.platform.identity.SessionCookie;
import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.ServiceException;

/**
 * The {@code Idempotency-Key} of every POST. It runs where the resource runs, on its virtual thread, and may therefore block; a request
 * without the header passes without a look at Redis.
 */
final class IdempotencyFilter {

    private static final String RUN = "drover.idempotency.run";
    private static final String SESSION = "drover.idempotency.session";
    private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

    /** What belongs to one answer's way over the wire and not to what was said; in lower case. */
    private static final Set<String> NOT_RECORDED = Set.of(
            "connection",
            "content-length",
            "date",
            "idempotency-replayed",
            "ratelimit",
            "ratelimit-policy",
            "retry-after",
            "traceparent",
            "tracestate",
            "transfer-encoding",
            "x-request-id",
            "x-served-by");

    private final Idempotency idempotency;
    private final EntityBytes entities;
    private final IdempotencyConfig config;
    private final SessionCookie cookie;

    IdempotencyFilter(Idempotency idempotency, EntityBytes entities, IdempotencyConfig config, SessionCookie cookie) {
        this.idempotency = idempotency;
        this.entities = entities;
        this.config = config;
        this.cookie = cookie;
    }

    @ServerRequestFilter(priority = FilterOrder.IDEMPOTENCY)
    Optional<Response> begin(ContainerRequestContext context, RoutingContext routing) throws IOException {
        HttpServerRequest request = routing.request();
        if (!context.getMethod().equals(HttpMethod.POST)) {
            return Optional.empty();
        }
        Optional<IdempotencyKey> key =
                IdempotencyKey.fromHeaders(request.headers().getAll(IdempotencyKey.HEADER));
        if (key.isEmpty()) {
            return Optional.empty();
        }
        byte[] body = context.getEntityStream().readAllBytes();
        context.setEntityStream(new ByteArrayInputStream(body));
        ResteasyReactiveRequestContext server = CurrentRequestManager.get();
        Intention intention = new Intention(caller(routing), route(server.getTarget()), key.get());
        String contentType =
                Optional.ofNullable(request.getHeader(HttpHeaders.CONTENT_TYPE)).orElse("");
        String credentials = intention.isAnonymous() ? credentials(request) : "";
        RequestForm form = new RequestForm(context.getMethod(), request.uri(), contentType, credentials, body);
        Optional<EndedCaller> ended = ended(routing);
        Passage passage = ended.isPresent() && !isOpenToEndedSessions(server)
                ? idempotency.recall(intention, form, ended.get().sid())
                : idempotency.begin(intention, form);
        return switch (passage) {
            case Passage.Run(ActiveRun run) -> {
                context.setProperty(RUN, run);
                context.setProperty(SESSION, session(routing));
                server.registerCompletionCallback(failure -> run.close());
                yield Optional.empty();
            }
            case Passage.Replay(Answer answer) -> Optional.of(replay(answer));
            case Passage.Running running ->
                throw new ServiceException(
                        PlatformError.IDEMPOTENCY_KEY_IN_USE,
                        "The same request is being answered at this moment; repeat it to get its answer.",
                        TRY_AGAIN);
            case Passage.Unknown unknown -> throw new ServiceException(PlatformError.SESSION_REVOKED, "Log in again.");
            case Passage.Differs differs ->
                throw new ServiceException(
                        PlatformError.IDEMPOTENCY_KEY_REUSED, "Send another key with another request.");
        };
    }

    /** Nothing is sent before it is recorded. */
    @ServerResponseFilter(priority = FilterOrder.IDEMPOTENCY)
    void finish(ContainerRequestContext context, ContainerResponseContext response) {
        if (!(context.getProperty(RUN) instanceof ActiveRun run)) {
            return;
        }
        Optional<byte[]> body = Answer.isRecorded(response.getStatus())
                ? entities.of(response.getEntity()).filter(bytes -> bytes.length <= config.answerBytesMax())
                : Optional.empty();
        if (body.isEmpty()) {
            run.abandon();
            return;
        }
        if (response.hasEntity()) {
            response.setEntity(body.get(), response.getEntityAnnotations(), response.getMediaType());
        }
        String session = (String) context.getProperty(SESSION);
        run.finish(new Answer(response.getStatus(), headers(response), body.get(), session));
    }

    private static Map<String, List<String>> headers(ContainerResponseContext response) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        response.getStringHeaders().forEach((name, values) -> {
            if (!NOT_RECORDED.contains(name.toLowerCase(Locale.ROOT))) {
                headers.put(name, new ArrayList<>(values));
            }
        });
        return headers;
    }

    private static Response replay(Answer answer) {
        Response.ResponseBuilder response = Response.status(answer.status());
        answer.headers().forEach((name, values) -> {
            if (name.equalsIgnoreCase(HttpHeaders.CONTENT_TYPE)) {
                response.type(MediaType.valueOf(values.getFirst()));
            } else {
                values.forEach(value -> response.header(name, value));
            }
        });
        if (answer.body().length > 0) {
            response.entity(answer.body());
        }
        return response.header(IdempotencyKey.REPLAYED, "true").build();
    }

    /** The account, on a route that asked for one; otherwise nobody. */
    private static String caller(RoutingContext routing) {
        return switch (principal(routing)) {
            case Caller caller -> caller.sub();
            case EndedCaller ended -> ended.sub();
            case null, default -> "";
        };
    }

    private static String session(RoutingContext routing) {
        return switch (principal(routing)) {
            case Caller caller -> caller.sid();
            case EndedCaller ended -> ended.sid();
            case null, default -> "";
        };
    }

    private static Optional<EndedCaller> ended(RoutingContext routing) {
        return principal(routing) instanceof EndedCaller ended ? Optional.of(ended) : Optional.empty();
    }

    private static Principal principal(RoutingContext routing) {
        return routing.user() instanceof QuarkusHttpUser user
                ? user.getSecurityIdentity().getPrincipal()
                : null;
    }

    private static boolean isOpenToEndedSessions(ResteasyReactiveRequestContext server) {
        return server.getTarget().getLazyMethod().getMethod().isAnnotationPresent(OpenToEndedSessions.class);
    }

    private String credentials(HttpServerRequest request) {
        String authorization = Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION))
                .orElse("");
        Cookie session = request.getCookie(cookie.name());
        return authorization + "\n" + (session == null ? "" : session.getValue());
    }

    /** Method and path template as a resource's annotations give them, such as {@code POST /media/uploads}. */
    private static String route(RuntimeResource resource) {
        URITemplate ofClass = resource.getClassPath();
        String path = (ofClass == null ? "" : ofClass.template) + resource.getPath().template;
        return resource.getHttpMethod() + " " + (path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
    }
}
