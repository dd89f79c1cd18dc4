package dev.drover.realtime.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.drover.realtime.delivery.Frame;
import dev.drover.testing.Eventually;

class DeparturesTest {

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final Departures departures = new Departures(tasks::add);

    @Test
    void aMessageForManySocketsIsOneTaskOfTheirLoop() {
        List<Sent> sockets = Stream.generate(Sent::new).limit(100).toList();
        sockets.forEach(socket -> socket.queue.offer(Frame.of("m")));
        assertThat(tasks).hasSize(1);
        tasks.remove().run();
        assertThat(sockets).allSatisfy(socket -> assertThat(socket.texts).containsExactly("m"));
        assertThat(tasks).isEmpty();
    }

    @Test
    void whatElseTheLoopHasToDoHasItsTurnBetweenManySockets() {
        List<Sent> sockets = Stream.generate(Sent::new).limit(300).toList();
        sockets.forEach(socket -> socket.queue.offer(Frame.of("m")));
        int turns = 0;
        while (!tasks.isEmpty()) {
            assertThat(tasks).hasSize(1);
            tasks.remove().run();
            turns++;
        }
        assertThat(turns).isEqualTo(3);
        assertThat(sockets).allSatisfy(socket -> assertThat(socket.texts).containsExactly("m"));
    }

    @Test
    void aSocketThatFailsHoldsUpNoOther() {
        Sent broken = new Sent();
        broken.fails = true;
        Sent other = new Sent();
        broken.queue.offer(Frame.of("m"));
        other.queue.offer(Frame.of("m"));
        tasks.remove().run();
        assertThat(other.texts).containsExactly("m");
        other.queue.offer(Frame.of("n"));
        tasks.remove().run();
        assertThat(other.texts).containsExactly("m", "n");
    }

    @Test
    void nothingIsLeftBehindWhoeverOffersMeanwhile() throws Exception {
        try (ExecutorService loop = Executors.newSingleThreadExecutor();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Departures busy = new Departures(loop);
            int each = 2_000;
            List<Sent> sockets = Stream.generate(() -> new Sent(busy)).limit(8).toList();
            List<Future<?>> offering = new ArrayList<>();
            for (Sent socket : sockets) {
                offering.add(threads.submit(() -> {
                    for (int i = 0; i < each; i++) {
                        socket.queue.offer(Frame.of("m" + i));
                    }
                }));
            }
            for (Future<?> one : offering) {
                one.get();
            }
            for (Sent socket : sockets) {
                Eventually.within(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                                loop.submit(() -> List.copyOf(socket.texts)).get())
                        .hasSize(each)
                        .startsWith("m0", "m1")
                        .endsWith("m" + (each - 1)));
            }
        }
    }

    /** A socket whose network takes everything at once. */
    private final class Sent implements SendQueue.Wire {

        private final List<String> texts = new ArrayList<>();
        private final Departures on;
        private final SendQueue queue = new SendQueue(this, 10_000, 1_000_000);
        private boolean fails;

        Sent() {
            this(departures);
        }

        Sent(Departures on) {
            this.on = on;
        }

        @Override
        public void ready(SendQueue ready) {
            on.add(ready);
        }

        @Override
        public void write(Frame frame, Runnable written) {
            if (fails) {
                throw new IllegalStateException("broken");
            }
            texts.add(frame.toString());
            written.run();
        }

        @Override
        public void flush() {}

        @Override
        public void close(CloseCode code) {}

        @Override
        public void sever() {}
    }
}
