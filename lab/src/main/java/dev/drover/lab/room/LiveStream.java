package dev.drover.lab.room;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

import dev.drover.lab.gateway.Problems;

/**
 * {@code GET /lab/stream}: Server-Sent Events. {@code history} first, from {@code Last-Event-ID} on; then {@code fleet} (what is, without an
 * id, because the next one says all of it again), {@code sample} and {@code mark}. A page that does not read is let go, and comes back with its
 * position. Lives on one event loop.
 */
final class LiveStream {
    static final int VIEWERS_MAX = 32;
    private static final int UNSENT_BYTES_MAX = 1 << 20;

    private final Timeline timeline;
    private final Set<HttpServerResponse> viewers = new HashSet<>();
    private JsonObject fleet = new JsonObject();

    LiveStream(Timeline timeline) {
        this.timeline = timeline;
    }

    void open(HttpServerRequest request) {
        if (viewers.size() >= VIEWERS_MAX) {
            Problems.send(
                    request, 503, "too_many_viewers", "Too many viewers", "at most " + VIEWERS_MAX + " pages follow");
            return;
        }
        HttpServerResponse response = request.response();
        response.setChunked(true)
                .setWriteQueueMaxSize(UNSENT_BYTES_MAX)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Accel-Buffering", "no");
        response.closeHandler(closed -> viewers.remove(response));
        response.exceptionHandler(broken -> viewers.remove(response));
        long position = timeline.position(request.getHeader("Last-Event-ID"));
        response.write(frame("history", timeline.id(timeline.last()), timeline.after(position)));
        response.write(frame("fleet", null, fleet));
        viewers.add(response);
    }

    void fleet(JsonObject now) {
        fleet = now;
        send(frame("fleet", null, now));
    }

    void entry(Timeline.Entry entry) {
        send(frame(entry.kind(), timeline.id(entry.number()), entry.content()));
    }

    int viewers() {
        return viewers.size();
    }

    private void send(String frame) {
        for (HttpServerResponse viewer : List.copyOf(viewers)) {
            if (viewer.writeQueueFull()) {
                viewers.remove(viewer);
                viewer.reset();
            } else {
                viewer.write(frame);
            }
        }
    }

    private static String frame(String event, String id, JsonObject content) {
        return "event: " + event + "\n" + (id == null ? "" : "id: " + id + "\n") + "data: " + content.encode() + "\n\n";
    }
}
