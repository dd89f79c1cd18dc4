package dev.drover.lab.prove.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;

import io.vertx.core.json.JsonObject;

/** The suite's public API, asked as a good client asks: what was not answered is sent again with its key, after growing, jittered pauses. */
public final class PublicApi implements AutoCloseable {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(15);
    private static final Duration GIVE_UP_AFTER = Duration.ofSeconds(30);
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 1_500;

    /** The client sets these itself, from the address and the body. */
    private static final Set<String> OWN_HEADERS = Set.of("host", "content-length", "connection");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_WITHIN)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final URI gateway;
    private final Traffic traffic;

    public PublicApi(URI gateway, Traffic traffic) {
        this.gateway = gateway;
        this.traffic = traffic;
    }

    public URI gateway() {
        return gateway;
    }

    /** Through the gateway, until it is answered for good or patience ends. */
    public Reply send(Call call) throws InterruptedException {
        return send(call, GIVE_UP_AFTER);
    }

    public Reply send(Call call, Duration patience) throws InterruptedException {
        return send(call, patience, true);
    }

    /** Where to send an attempt to; asked anew for each, because who was to answer may have gone. */
    public interface Address {
        URI next() throws InterruptedException;
    }

    /** An audit's question, which is no part of the load, to one instance. */
    public Reply ask(Address instance, Call call, Duration patience) throws InterruptedException {
        return new Attempts(instance, call, patience, false).run();
    }

    /** One attempt at one instance. */
    public Reply once(URI instance, Call call) throws InterruptedException {
        return new Attempts(() -> instance, call, Duration.ZERO, false).run();
    }

    private Reply send(Call call, Duration patience, boolean counted) throws InterruptedException {
        return new Attempts(() -> gateway, call, patience, counted).run();
    }

    /** Straight to the object store, with the headers its address was signed for. */
    public Reply put(String url, JsonObject signed, byte[] content) throws InterruptedException {
        Map<String, String> headers = new java.util.HashMap<>();
        signed.forEach(header -> headers.put(header.getKey(), String.valueOf(header.getValue())));
        URI address = URI.create(url);
        return new Attempts(() -> address, new Call("PUT", "", headers, content), GIVE_UP_AFTER, false).run();
    }

    public Reply fetch(String url, Duration patience) throws InterruptedException {
        URI address = URI.create(url);
        return new Attempts(() -> address, Call.get(""), patience, false).run();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    /** One call on its way. */
    private final class Attempts {
        private final Address address;
        private final Call call;
        private final boolean counted;
        private final long deadline;
        private int sent;
        private boolean unsure;

        Attempts(Address address, Call call, Duration patience, boolean counted) {
            this.address = address;
            this.call = call;
            this.counted = counted;
            this.deadline = System.nanoTime() + patience.toNanos();
        }

        Reply run() throws InterruptedException {
            while (true) {
                HttpResponse<byte[]> answer = attempt();
                if (answer != null && isFinal(answer)) {
                    boolean done = answer.statusCode() < 400;
                    return new Reply(answer, done ? Reply.Verdict.DONE : Reply.Verdict.REFUSED, sent, unsure);
                }
                long pause = pauseMillis(answer);
                if (System.nanoTime() + pause * 1_000_000 >= deadline) {
                    return givenUp(answer);
                }
                unsure |= answer == null || answer.statusCode() >= 500;
                Thread.sleep(pause);
            }
        }

        private HttpResponse<byte[]> attempt() throws InterruptedException {
            sent++;
            long begun = System.nanoTime();
            try {
                HttpResponse<byte[]> answer =
                        http.send(request(address.next()), HttpResponse.BodyHandlers.ofByteArray());
                if (counted) {
                    traffic.answered(begun, System.nanoTime());
                    if (!isGood(answer)) {
                        traffic.trouble(call, answer.statusCode() + " " + code(answer));
                    }
                }
                return answer;
            } catch (IOException e) {
                if (counted) {
                    traffic.trouble(call, "no answer: " + e.getClass().getSimpleName());
                }
                return null;
            }
        }

        private HttpRequest request(URI base) {
            URI target = call.path().isEmpty() ? base : base.resolve(call.path());
            HttpRequest.Builder request = HttpRequest.newBuilder(target)
                    .timeout(ANSWER_WITHIN)
                    .method(
                            call.method(),
                            call.body().length == 0
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofByteArray(call.body()));
            call.headers().forEach((name, value) -> {
                if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                    request.setHeader(name, value);
                }
            });
            return request.build();
        }

        /** An attempt that may have been carried out makes even a refusal of the last one uncertain. */
        private Reply givenUp(HttpResponse<byte[]> answer) {
            boolean refused = answer != null && answer.statusCode() == 429 && !unsure;
            if (counted) {
                traffic.gaveUp(call);
            }
            return new Reply(answer, refused ? Reply.Verdict.REFUSED : Reply.Verdict.UNKNOWN, sent, unsure);
        }

        private long pauseMillis(HttpResponse<byte[]> answer) {
            long longest = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(sent, 10));
            long jittered = FIRST_PAUSE_MILLIS + ThreadLocalRandom.current().nextLong(longest);
            if (answer == null) {
                return jittered;
            }
            return answer.headers()
                    .firstValue("Retry-After")
                    .filter(value -> value.matches("\\d{1,4}"))
                    .map(seconds -> Long.parseLong(seconds) * 1_000 + jittered)
                    .orElse(jittered);
        }
    }

    private static boolean isGood(HttpResponse<byte[]> answer) {
        return answer.statusCode() < 400;
    }

    /** A key that is in use says when to come back; so does a full quota. */
    private static boolean isFinal(HttpResponse<byte[]> answer) {
        int status = answer.statusCode();
        boolean comeBack =
                status == 409 && answer.headers().firstValue("Retry-After").isPresent();
        return status < 500 && status != 429 && status != 408 && !comeBack;
    }

    private static String code(HttpResponse<byte[]> answer) {
        return new Reply(answer, Reply.Verdict.REFUSED, 1, false).code();
    }
}
