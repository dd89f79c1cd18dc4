package dev.drover.bench.load;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

import dev.drover.stores.process.Programs;

/** As much as so many connections can ask, each with one request on its way: throughput. By wrk where it is installed. */
public final class ClosedLoop {

    private static final AtomicLong NUMBERS = new AtomicLong(System.currentTimeMillis() * 1_000);

    private ClosedLoop() {}

    /** What one connection sends next, and what it makes of the answer. */
    @FunctionalInterface
    public interface Turn {
        void take(Connection connection) throws IOException;
    }

    public static Loaded run(URI base, HttpCall call, int connections, Duration lasting) throws IOException {
        return Programs.find("wrk").isPresent()
                ? Wrk.run(base, call, connections, lasting)
                : over(List.of(base), call, connections, lasting);
    }

    /** By own means and over several instances, as many connections to each. */
    public static Loaded over(List<URI> bases, HttpCall call, int connections, Duration lasting) throws IOException {
        List<Turn> turns = new ArrayList<>();
        List<URI> targets = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            URI base = bases.get(i % bases.size());
            byte[] fixed = call.isNumbered() ? null : call.bytes(base.getAuthority(), 0);
            turns.add(connection -> {
                byte[] request = fixed != null ? fixed : connection.prepare(call, NUMBERS.incrementAndGet());
                int status = connection.exchange(request);
                if (status / 100 != 2) {
                    throw new Refused(
                            call.method() + " " + call.path() + " was answered " + status + ": " + connection.body());
                }
            });
            targets.add(base);
        }
        return run(targets, turns, lasting);
    }

    /** One connection for each turn. */
    public static Loaded run(List<URI> bases, List<Turn> turns, Duration lasting) throws IOException {
        List<Callable<Long>> loops = new ArrayList<>();
        long begun = System.nanoTime();
        long until = begun + lasting.toNanos();
        for (int i = 0; i < turns.size(); i++) {
            URI base = bases.get(i % bases.size());
            Turn turn = turns.get(i);
            loops.add(() -> loop(base, turn, until));
        }
        long answers = all(loops).stream().mapToLong(Long::longValue).sum();
        return new Loaded(answers, (System.nanoTime() - begun) / 1e9);
    }

    private static long loop(URI base, Turn turn, long until) throws IOException {
        long answers = 0;
        try (Connection connection = new Connection(base)) {
            while (System.nanoTime() < until) {
                turn.take(connection);
                answers++;
            }
        }
        return answers;
    }

    /** Each on a thread of its own; the first failure is the whole's. */
    static <T> List<T> all(List<Callable<T>> work) throws IOException {
        List<T> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(work.size())) {
            List<Future<T>> running = work.stream().map(threads::submit).toList();
            Optional<ExecutionException> failed = Optional.empty();
            for (Future<T> one : running) {
                try {
                    results.add(one.get());
                } catch (ExecutionException e) {
                    failed = Optional.of(failed.orElse(e));
                }
            }
            if (failed.isPresent()) {
                if (failed.get().getCause() instanceof Refused refused) {
                    throw refused;
                }
                throw new IOException("the load failed", failed.get().getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return results;
    }
}
