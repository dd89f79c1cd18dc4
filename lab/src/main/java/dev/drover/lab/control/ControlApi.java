package dev.drover.lab.control;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

import dev.drover.lab.fleet.Fleet;
import dev.drover.lab.gateway.Problems;
import dev.drover.lab.mailbox.MailboxApi;
import dev.drover.stores.process.ChildProcess.Signal;

/**
 * The lab's own pages and API, beside the services on the gateway's port. Looking is free for this machine; what kills needs the token of
 * {@code lab.json}, and no foreign web page gets at either: the host must be this one, and so must the origin.
 */
public final class ControlApi implements Handler<HttpServerRequest> {
    private static final Pattern KILL = Pattern.compile("/lab/instances/([a-z0-9-]{1,64})/kill");
    private static final int BODY_BYTES_MAX = 1_024;

    private final Fleet fleet;
    private final ToIntFunction<String> inFlight;
    private final String token;
    private final Set<String> ownHosts;
    private final Clock clock;
    private final LabPages pages = new LabPages();
    private final MailboxApi mailbox;

    public ControlApi(
            Fleet fleet, ToIntFunction<String> inFlight, MailboxApi mailbox, String token, int port, Clock clock) {
        this.fleet = fleet;
        this.inFlight = inFlight;
        this.mailbox = mailbox;
        this.token = token;
        this.ownHosts = Set.of("localhost:" + port, "127.0.0.1:" + port);
        this.clock = clock;
    }

    @Override
    public void handle(HttpServerRequest request) {
        if (!ownHosts.contains(request.getHeader("Host"))) {
            // A name that was re-bound to this machine must not make a foreign page a local one.
            Problems.send(request, 421, "misdirected", "Not this host", "ask for localhost");
            return;
        }
        Matcher kill = KILL.matcher(request.path());
        if (kill.matches()) {
            kill(request, kill.group(1));
        } else if (request.path().equals("/lab/fleet")) {
            only(HttpMethod.GET, request, () -> sendFleet(request));
        } else if (request.path().equals(MailboxApi.PATH) && !MailboxApi.isForPage(request)) {
            only(HttpMethod.GET, request, () -> mailbox.send(request));
        } else if (!pages.serve(request)) {
            Problems.send(
                    request, 404, "not_found", "Nothing is here", "no service and no page of the lab has this path");
        }
    }

    private void sendFleet(HttpServerRequest request) {
        JsonObject view = new JsonObject()
                .put("at", clock.instant().toString())
                .put("instances", FleetView.of(fleet.instances(), inFlight))
                .put("troubles", FleetView.ofTroubles(fleet.troubles()));
        request.response()
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(view.encode());
    }

    private void kill(HttpServerRequest request, String instanceId) {
        // The whole request is read before it is answered: an answer that overtakes its request unsettles a kept
        // connection.
        only(
                HttpMethod.POST,
                request,
                () -> withBody(request, body -> {
                    if (hasForeignOrigin(request)) {
                        Problems.send(
                                request,
                                403,
                                "foreign_origin",
                                "Foreign origin",
                                "only the lab's own page may do this");
                    } else if (!hasToken(request)) {
                        request.response().putHeader("WWW-Authenticate", "Bearer");
                        Problems.send(
                                request,
                                401,
                                "token_required",
                                "Token required",
                                "send the token of lab.json as a bearer token");
                    } else {
                        kill(request, instanceId, body);
                    }
                }));
    }

    private void kill(HttpServerRequest request, String instanceId, Buffer body) {
        Optional<Signal> signal = signal(body);
        if (signal.isEmpty()) {
            Problems.send(request, 400, "unknown_signal", "Unknown signal", "signal is one of TERM, KILL, STOP, CONT");
            return;
        }
        try {
            if (!fleet.signal(instanceId, signal.get())) {
                Problems.send(request, 404, "no_such_instance", "No such instance", "no instance has this id now");
                return;
            }
        } catch (IOException e) {
            Problems.send(request, 409, "not_signalled", "Not signalled", "the instance could not be sent the signal");
            return;
        }
        request.response().setStatusCode(204).end();
    }

    private static Optional<Signal> signal(Buffer body) {
        try {
            String name = body.length() == 0 ? "KILL" : new JsonObject(body).getString("signal", "KILL");
            return Optional.of(Signal.valueOf(name));
        } catch (DecodeException | ClassCastException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static void withBody(HttpServerRequest request, Handler<Buffer> next) {
        String length = request.getHeader("Content-Length");
        boolean small = length == null || (length.matches("\\d{1,6}") && Integer.parseInt(length) <= BODY_BYTES_MAX);
        if (!small || request.getHeader("Transfer-Encoding") != null) {
            Problems.send(request, 413, "too_large", "Too large", "at most " + BODY_BYTES_MAX + " bytes");
            return;
        }
        request.body().onSuccess(next);
    }

    private static void only(HttpMethod method, HttpServerRequest request, Runnable then) {
        if (request.method().equals(method)) {
            then.run();
            return;
        }
        request.response().putHeader("Allow", method.name());
        Problems.send(request, 405, "method_not_allowed", "Method not allowed", "only " + method + " is answered here");
    }

    private boolean hasForeignOrigin(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        return origin != null && ownHosts.stream().noneMatch(host -> origin.equals("http://" + host));
    }

    private boolean hasToken(HttpServerRequest request) {
        String sent = Optional.ofNullable(request.getHeader("Authorization")).orElse("");
        return MessageDigest.isEqual(
                sent.getBytes(StandardCharsets.UTF_8), ("Bearer " + token).getBytes(StandardCharsets.UTF_8));
    }
}
