package dev.drover.jobs.media;

import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.Test;

import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.medialedger.MediaId;
import dev.drover.platform.medialedger.MediaPurpose;
import dev.drover.platform.medialedger.NewMedia;
import dev.drover.platform.objectstore.ExactContent;
import dev.drover.platform.objectstore.Sha256;

/** What the pipeline can do: sniffing, decoding and three variants of a picture. No test; run by `./drover bench --rows pictures`. */
class PipelineBench {

    private static final int PICTURES = 60;
    private static final int DECODERS = 2;

    private final FileExaminer examiner = new FileExaminer(50_000_000, 16 * 1024 * 1024, DECODERS);

    @Test
    void measure() throws Exception {
        byte[] jpeg = Pictures.jpeg(4_000, 3_000);
        byte[] png = Pictures.png(4_000, 3_000);
        examine("image/jpeg", jpeg);
        examine("image/png", png);
        say("| images/s, JPEG of 12 million pixels, avatar (three variants), %d at once | %.1f |"
                .formatted(DECODERS, examine("image/jpeg", jpeg)));
        say("| images/s, PNG of 12 million pixels, the same | %.1f |".formatted(examine("image/png", png)));
        say("| heap at its highest meanwhile, MiB | %d |".formatted(peakMiB()));
    }

    private double examine(String contentType, byte[] bytes) throws Exception {
        String owner = "usr_bench";
        NewMedia media = new NewMedia(
                MediaId.of(owner, Ids.derive("file")),
                owner,
                "file",
                new ExactContent(bytes.length, contentType, Sha256.of(bytes)),
                MediaPurpose.AVATAR);
        List<Callable<Examination>> calls = new ArrayList<>();
        for (int i = 0; i < PICTURES; i++) {
            calls.add(() -> examiner.examine(media, new ByteArrayInputStream(bytes), false));
        }
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
        long began = System.nanoTime();
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var done : workers.invokeAll(calls)) {
                if (!(done.get() instanceof Examination.Fit)) {
                    throw new IllegalStateException("not fit: " + done.get());
                }
            }
        }
        return PICTURES / ((System.nanoTime() - began) / 1e9);
    }

    private static long peakMiB() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .mapToLong(pool -> pool.getPeakUsage().getUsed())
                        .sum()
                >> 20;
    }

    private static void say(String line) {
        System.out.println("bench: " + line);
    }
}
