package dev.drover.lab.gateway;

import java.util.Optional;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;

/**
 * One request on its way through the gateway, to as many instances as it takes.
 *
 * <p>A request whose body is small is held until it is answered, and an answer that is small is held until it is whole. So an instance may
 * die at any moment, even in the middle of its answer, and the request goes to another one, provided that {@link RetryRule} allows it or
 * that no byte of it was sent.
 */
final class Exchange implements Load.Work {
    private static final long TAKEN_STEP_MILLIS = 100;

    private final Routing routing;
    private final HttpClient client;
    private final Traffic traffic;
    private final HttpServerRequest request;
    private final Search search;
    private final MultiMap headers;
    private final boolean mayRepeat;
    private Optional<Buffer> body = Optional.empty();
    private HttpClientRequest current;
    private boolean clientGone;
    private boolean lostAnAttempt;
    private int attempts;

    Exchange(Routing routing, HttpClient client, Traffic traffic, HttpServerRequest request, String service) {
        this.routing = routing;
        this.client = client;
        this.traffic = traffic;
        this.request = request;
        this.search = new Search(routing, request, service, "request");
        this.headers = ForwardedHeaders.ofRequest(request);
        RetryRule.name(request.method(), headers);
        this.mayRepeat = RetryRule.mayRepeat(request.method(), headers);
    }

    void run() {
        request.response().closeHandler(closed -> {
            clientGone = true;
            abandon();
        });
        if (!isSmallRequest()) {
            // Nothing of the body is read until an instance takes it.
            request.pause();
            attempt();
            return;
        }
        request.body()
                .onSuccess(whole -> {
                    body = Optional.of(whole);
                    attempt();
                })
                .onFailure(failure -> clientGone = true);
    }

    @Override
    public void abandon() {
        if (current != null) {
            current.reset();
        }
    }

    private void attempt() {
        search.next(() -> clientGone, backend -> {
            attempts++;
            sendTo(backend);
        });
    }

    private void sendTo(Backend backend) {
        routing.load().begin(backend, this);
        RequestOptions options = new RequestOptions()
                .setMethod(request.method())
                .setHost(backend.host())
                .setPort(backend.port())
                .setURI(request.uri());
        client.request(options).onFailure(refused -> failed(backend, true)).onSuccess(outgoing -> {
            current = outgoing;
            send(outgoing)
                    .compose(answer -> isTakenByALostAttempt(answer)
                            ? answer.body().onSuccess(refusal -> retryLater()).<Void>mapEmpty()
                            : relay(answer))
                    .onSuccess(done -> {
                        traffic.answeredBy(backend);
                        finished(backend);
                    })
                    .onFailure(broken -> failed(backend, false));
        });
    }

    private boolean isTakenByALostAttempt(HttpClientResponse answer) {
        return lostAnAttempt
                && search.elapsedMillis() < routing.limits().untilLastAttempt().toMillis()
                && RetryRule.isStillTaken(answer.statusCode(), answer.headers());
    }

    /** Not one of the counted attempts: nothing failed, and time bounds it. */
    private void retryLater() {
        attempts--;
        routing.vertx().setTimer(TAKEN_STEP_MILLIS, timer -> attempt());
    }

    private Future<HttpClientResponse> send(HttpClientRequest outgoing) {
        outgoing.headers().addAll(headers);
        if (body.isPresent()) {
            // The length is the client's own: a GET without a body stays one.
            return body.get().length() == 0 ? outgoing.send() : outgoing.send(body.get());
        }
        if (!headers.contains("content-length")) {
            outgoing.setChunked(true);
        }
        return outgoing.send(request);
    }

    private Future<Void> relay(HttpClientResponse answer) {
        if (hasNoBody(answer) || (mayRepeat && isSmallAnswer(answer))) {
            return answer.body().compose(whole -> {
                writeHead(answer);
                return hasNoBody(answer)
                        ? request.response().end()
                        : request.response().end(whole);
            });
        }
        writeHead(answer);
        HttpServerResponse response = request.response();
        if (!answer.headers().contains("content-length")) {
            response.setChunked(true);
        }
        return answer.pipe().endOnFailure(false).to(response);
    }

    private void writeHead(HttpClientResponse answer) {
        HttpServerResponse response = request.response();
        response.setStatusCode(answer.statusCode()).setStatusMessage(answer.statusMessage());
        response.headers().addAll(ForwardedHeaders.endToEnd(answer.headers()));
    }

    private void finished(Backend backend) {
        current = null;
        routing.load().end(backend, this);
    }

    private void failed(Backend backend, boolean neverSent) {
        finished(backend);
        if (clientGone) {
            return;
        }
        routing.backends().suspect(backend);
        lostAnAttempt |= !neverSent;
        boolean untouched = !request.response().headWritten() && (neverSent || (mayRepeat && body.isPresent()));
        boolean inBounds = attempts < routing.limits().attempts()
                && search.elapsedMillis() < routing.limits().untilLastAttempt().toMillis();
        if (untouched && inBounds) {
            attempt();
            return;
        }
        Problems.send(
                request,
                502,
                "instance_lost",
                "The instance was lost",
                "the instance that had this request ended before it answered; whether it acted is not known");
    }

    private boolean isSmallRequest() {
        return !request.headers().contains("transfer-encoding")
                && (!request.headers().contains("content-length") || statesSmallLength(request.headers()));
    }

    /** An answer whose length is not stated is not small: it may have no end. */
    private boolean isSmallAnswer(HttpClientResponse answer) {
        return hasNoBody(answer) || statesSmallLength(answer.headers());
    }

    private boolean hasNoBody(HttpClientResponse answer) {
        return request.method() == HttpMethod.HEAD || answer.statusCode() == 204 || answer.statusCode() == 304;
    }

    private boolean statesSmallLength(MultiMap described) {
        String length = described.get("content-length");
        return length != null
                && length.matches("\\d{1,9}")
                && Integer.parseInt(length) <= routing.limits().bufferedBytes();
    }
}
