package dev.drover.media.upload;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import dev.drover.media.Files;
import dev.drover.media.ServiceTest;
import dev.drover.platform.medialedger.MediaKeys;
import dev.drover.platform.medialedger.MediaLedger;
import dev.drover.platform.medialedger.NewMedia;
import dev.drover.platform.medialedger.VariantName;
import dev.drover.platform.objectstore.ObjectStore;
import dev.drover.platform.objectstore.Presigner;

/** What bench/media measures of media-service: its own code in one process, Redis and S3Proxy beside it. No test; run by bench/media/run. */
@ServiceTest
class MediaBench {

    private static final Duration LASTS = Duration.ofSeconds(5);
    private static final int HANDS = 16;
    private static final int COMPLETES = 1_000;

    @Inject
    Presigner presigner;

    @Inject
    Uploads uploads;

    @Inject
    MediaLedger ledger;

    @Inject
    ObjectStore store;

    @Test
    void measure() throws Exception {
        NewMedia file = Files.text(Files.owner());
        var key = MediaKeys.object(file.owner(), file.id(), VariantName.ORIGINAL);
        for (int round = 0; round < 2; round++) {
            // The first round warms up.
            double presigns = perSecond(() -> presigner.upload(key, file.content(), Duration.ofMinutes(5)));
            double grants = perSecond(() -> uploads.grant(Files.text(Files.owner())));
            double completes = completes();
            if (round == 1) {
                say("| presigns/s (processor only, %d threads) | %,.0f |".formatted(HANDS, presigns));
                say("| grants/s (one script in Redis and a signature, %d at once) | %,.0f |".formatted(HANDS, grants));
                say("| completes/s (HEAD at S3Proxy, one script, the job enqueued; %d at once) | %,.0f |"
                        .formatted(HANDS, completes));
            }
        }
    }

    private double completes() throws Exception {
        List<NewMedia> files = new ArrayList<>();
        for (int i = 0; i < COMPLETES; i++) {
            NewMedia file = Files.text(Files.owner());
            ledger.open(file, Files.TERMS);
            store.put(MediaKeys.object(file.owner(), file.id(), VariantName.ORIGINAL), Files.TEXT, file.content());
            files.add(file);
        }
        long began = System.nanoTime();
        try (ExecutorService hands = Executors.newFixedThreadPool(HANDS)) {
            List<Callable<Object>> calls = new ArrayList<>();
            files.forEach(file -> calls.add(() -> uploads.complete(file.owner(), file.id())));
            for (var done : hands.invokeAll(calls)) {
                done.get();
            }
        }
        return COMPLETES / ((System.nanoTime() - began) / 1e9);
    }

    private static double perSecond(Callable<?> work) throws Exception {
        AtomicLong count = new AtomicLong();
        long ends = System.nanoTime() + LASTS.toNanos();
        try (ExecutorService hands = Executors.newFixedThreadPool(HANDS)) {
            List<Callable<Object>> loops = new ArrayList<>();
            for (int i = 0; i < HANDS; i++) {
                loops.add(() -> {
                    while (System.nanoTime() < ends) {
                        work.call();
                        count.incrementAndGet();
                    }
                    return null;
                });
            }
            for (var done : hands.invokeAll(loops)) {
                done.get();
            }
        }
        return count.get() / (double) LASTS.toSeconds();
    }

    private static void say(String line) {
        System.out.println("bench: " + line);
    }
}
