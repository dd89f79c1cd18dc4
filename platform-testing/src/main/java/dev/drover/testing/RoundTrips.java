package dev.drover.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.eclipse.microprofile.config.ConfigProvider;

/**
 * What one request asked of Redis. For tests that are marked with {@link RecordsRoundTrips}.
 *
 * @param waits one element per wait, in order; each what was in flight together
 */
public record RoundTrips(List<String> waits) {

    static final String RECORDER_PORT = "drover.test.round-trips-port";

    public static RoundTrips of(Runnable request) {
        int port = ConfigProvider.getConfig()
                .getOptionalValue(RECORDER_PORT, Integer.class)
                .orElseThrow(() -> new IllegalStateException("no relay stands before Redis: " + RECORDER_PORT
                        + " is set by the RedisFixture of a single one"));
        try (Socket recorder = new Socket(InetAddress.getLoopbackAddress(), port)) {
            if (recorder.getInputStream().read() != RoundTripRecorder.BEGUN) {
                throw new IllegalStateException("somebody else is recording");
            }
            request.run();
            recorder.shutdownOutput();
            String waits = new String(recorder.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new RoundTrips(waits.isEmpty() ? List.of() : List.of(waits.split("\n")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return String.join(", then ", waits);
    }
}
