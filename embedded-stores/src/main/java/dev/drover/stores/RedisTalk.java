package dev.drover.stores;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.SafeEncoder;

/** A word with one server, and waiting for what it says to become true. */
public final class RedisTalk {

    private static final int TIMEOUT_MILLIS = 2_000;
    private static final Duration PAUSE = Duration.ofMillis(25);

    private RedisTalk() {}

    static String ask(EmbeddedRedis server, String command, String... args) {
        return ask(server.url(), command, args);
    }

    /** The answer as text, whatever its type; a list's elements are separated by line feeds. */
    public static String ask(URI server, String command, String... args) {
        try (Jedis connection = new Jedis(server, TIMEOUT_MILLIS)) {
            return text(connection.sendCommand(() -> SafeEncoder.encode(command), args));
        }
    }

    /** Fails with {@code what} when it has not become true in time. A server that does not answer counts as not yet. */
    static void await(String what, Duration within, BooleanSupplier condition) throws IOException {
        long deadline = System.nanoTime() + within.toNanos();
        while (!holds(condition)) {
            if (System.nanoTime() > deadline) {
                throw new IOException(what + " did not come true within " + within);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    static void close(Stream<EmbeddedRedis> servers) {
        List<Thread> stops =
                servers.map(server -> Thread.ofVirtual().start(server::close)).toList();
        for (Thread stop : stops) {
            try {
                stop.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static boolean holds(BooleanSupplier condition) {
        try {
            return condition.getAsBoolean();
        } catch (JedisException e) {
            return false;
        }
    }

    private static String text(Object answer) {
        return switch (answer) {
            case null -> "";
            case byte[] bytes -> SafeEncoder.encode(bytes);
            case List<?> list ->
                String.join("\n", list.stream().map(RedisTalk::text).toList());
            default -> answer.toString();
        };
    }
}
