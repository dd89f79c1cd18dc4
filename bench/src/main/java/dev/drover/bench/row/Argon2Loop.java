package dev.drover.bench.row;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

import com.sun.management.OperatingSystemMXBean;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Nothing but Argon2id as auth-service computes it, on as many threads as there are cores: what its log-ins cannot exceed. Prints hashes a
 * second, and the processor time of one in milliseconds with what the collector takes for its memory.
 */
final class Argon2Loop {

    private static final long WARM_UP_SECONDS = 3;

    private static final String SECRET = "a long enough secret";

    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    public static void main(String... args) throws InterruptedException {
        long seconds = Long.parseLong(args[0]);
        int threads = Runtime.getRuntime().availableProcessors();
        run(threads, WARM_UP_SECONDS);
        long before = PROCESS.getProcessCpuTime();
        long hashes = run(threads, seconds);
        long nanos = PROCESS.getProcessCpuTime() - before;
        System.out.printf(Locale.ROOT, "%.1f %.1f%n", hashes / (double) seconds, nanos / 1e6 / hashes);
    }

    private static long run(int threads, long seconds) throws InterruptedException {
        LongAdder hashes = new LongAdder();
        long until = System.nanoTime() + seconds * 1_000_000_000L;
        Thread[] running = new Thread[threads];
        for (int i = 0; i < threads; i++) {
            running[i] = Thread.ofPlatform().start(() -> {
                while (System.nanoTime() < until) {
                    hash();
                    hashes.increment();
                }
            });
        }
        for (Thread thread : running) {
            thread.join();
        }
        return hashes.sum();
    }

    private static void hash() {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(19456)
                .withIterations(2)
                .withParallelism(1)
                .withSalt(new byte[16])
                .build());
        generator.generateBytes(SECRET.getBytes(StandardCharsets.UTF_8), new byte[32]);
    }
}
