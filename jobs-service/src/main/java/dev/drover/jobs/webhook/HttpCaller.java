package dev.drover.jobs.webhook;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;

/** Vert.x's client: it connects to a given address and still checks the certificate by the host's name. */
@Singleton
final class HttpCaller implements Caller {

    private final HttpClient client;
    private final int answerBytesMax;

    HttpCaller(Vertx vertx, WebhookConfig config) {
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout(Math.toIntExact(config.timeoutMax().toMillis()))
                // A connection kept would be to an address that was looked at for another job.
                .setKeepAlive(false)
                .setVerifyHost(true)
                .setMaxPoolSize(config.connectionsMax())
                .setMaxWaitQueueSize(config.connectionsMax()));
        this.answerBytesMax = config.answerBytesMax();
    }

    @PreDestroy
    void close() {
        client.close();
    }

    @Override
    public Reply send(Call call, InetAddress address, Map<String, String> headers, Duration timeout)
            throws InterruptedException {
        RequestOptions options = new RequestOptions()
                .setServer(SocketAddress.inetSocketAddress(call.port(), address.getHostAddress()))
                .setHost(call.uri().getHost())
                .setPort(call.port())
                .setSsl(call.isTls())
                .setMethod(HttpMethod.valueOf(call.method()))
                .setURI(call.target())
                .setFollowRedirects(false)
                .setTimeout(timeout.toMillis());
        headers.forEach(options::putHeader);
        try {
            return client.request(options)
                    .compose(request -> exchange(request, call.content()))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return new Reply.Unreached("no answer within " + timeout);
        } catch (ExecutionException e) {
            return new Reply.Unreached(
                    "the server was not reached: " + e.getCause().getClass().getSimpleName());
        }
    }

    private Future<Reply> exchange(HttpClientRequest request, String content) {
        Future<HttpClientResponse> response = content.isEmpty() ? request.send() : request.send(content);
        return response.compose(this::read);
    }

    private Future<Reply> read(HttpClientResponse response) {
        Promise<Reply> reply = Promise.promise();
        Buffer kept = Buffer.buffer();
        response.exceptionHandler(reply::tryFail);
        response.handler(part -> {
            kept.appendBuffer(part, 0, Math.min(part.length(), answerBytesMax - kept.length()));
            if (kept.length() >= answerBytesMax && reply.tryComplete(answered(response, kept))) {
                response.request().reset();
            }
        });
        response.endHandler(end -> reply.tryComplete(answered(response, kept)));
        return reply.future();
    }

    private static Reply answered(HttpClientResponse response, Buffer kept) {
        return new Reply.Answered(response.statusCode(), kept.toString(StandardCharsets.UTF_8));
    }
}
