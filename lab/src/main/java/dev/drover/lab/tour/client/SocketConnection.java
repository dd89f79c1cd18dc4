package dev.drover.lab.tour.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** One connection, from its opening to its end: frames in, frames out. */
public final class SocketConnection implements WebSocket.Listener, AutoCloseable {

    private static final String PROTOCOL = "drover.v1.json";
    private static final Duration WITHIN = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final StringBuilder partial = new StringBuilder();
    private WebSocket socket;

    private SocketConnection() {}

    public static SocketConnection open(HttpClient http, URI address) throws IOException, InterruptedException {
        SocketConnection connection = new SocketConnection();
        connection.socket = await(http.newWebSocketBuilder()
                .subprotocols(PROTOCOL)
                .connectTimeout(WITHIN)
                .buildAsync(address, connection));
        return connection;
    }

    public void send(JsonNode frame) throws IOException, InterruptedException {
        await(socket.sendText(frame.toString(), true));
    }

    /** The next frame, empty when none comes in time. Fails when the connection has ended. */
    public Optional<JsonNode> next(Duration within) throws IOException, InterruptedException {
        Received next = received.poll(within.toMillis(), TimeUnit.MILLISECONDS);
        if (next == null) {
            return Optional.empty();
        }
        if (next instanceof Received.End end) {
            received.add(end);
            throw new IOException(end.reason());
        }
        return Optional.of(((Received.Frame) next).content());
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            String text = partial.toString();
            partial.setLength(0);
            try {
                received.add(new Received.Frame(JSON.readTree(text)));
            } catch (JsonProcessingException e) {
                received.add(new Received.End("a frame that is not JSON: " + text));
            }
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int statusCode, String reason) {
        received.add(new Received.End("closed with " + statusCode + " " + reason));
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        received.add(new Received.End(error.toString()));
    }

    @Override
    public void close() {
        socket.abort();
    }

    private static <T> T await(java.util.concurrent.CompletableFuture<T> future)
            throws IOException, InterruptedException {
        try {
            return future.get(WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().toString(), e);
        } catch (TimeoutException e) {
            future.cancel(true);
            throw new IOException("no answer within " + WITHIN, e);
        }
    }

    /** What the other side did. */
    private sealed interface Received {

        record Frame(JsonNode content) implements Received {}

        record End(String reason) implements Received {}
    }
}
