package dev.drover.platform.identity;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.smallrye.mutiny.Uni;

final class InMemoryKeySetStore implements KeySetStore {

    private final AtomicInteger reads = new AtomicInteger();
    private final CountDownLatch wasRead = new CountDownLatch(1);
    private final AtomicReference<String> kept = new AtomicReference<>();

    int reads() {
        return reads.get();
    }

    CountDownLatch wasRead() {
        return wasRead;
    }

    @Override
    public void put(String keySet) {
        kept.set(keySet);
    }

    @Override
    public Uni<String> read() {
        return Uni.createFrom().item(kept::get).invoke(() -> {
            reads.incrementAndGet();
            wasRead.countDown();
        });
    }
}
