package dev.drover.lab.prove.herd;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

import dev.drover.lab.prove.FaultKind;
import dev.drover.lab.stores.Stores;
import dev.drover.stores.EmbeddedObjectStore;
import dev.drover.stores.EmbeddedRedis;

/** Stores this process has started itself. */
public final class OwnStores implements StoreFaults {
    private static final long PAUSE_MILLIS = 2_500;
    private static final long OUTAGE_MILLIS = 3_000;

    private final Stores stores;

    public OwnStores(Stores stores) {
        this.stores = stores;
    }

    @Override
    public Set<FaultKind> possible() {
        EnumSet<FaultKind> possible = EnumSet.noneOf(FaultKind.class);
        if (stores.redis().isPresent()) {
            possible.add(FaultKind.REDIS_RESTART);
            possible.add(FaultKind.REDIS_PAUSE);
        }
        if (stores.objects().isPresent()) {
            possible.add(FaultKind.S3_OUTAGE);
        }
        return possible;
    }

    @Override
    public void inflict(FaultKind kind) throws IOException, InterruptedException {
        if (kind == FaultKind.S3_OUTAGE) {
            EmbeddedObjectStore objects = stores.objects().orElseThrow();
            objects.kill();
            try {
                Thread.sleep(OUTAGE_MILLIS);
            } finally {
                objects.restart();
            }
            return;
        }
        EmbeddedRedis redis = stores.redis().orElseThrow();
        if (kind == FaultKind.REDIS_RESTART) {
            redis.crashAndRestart();
            return;
        }
        redis.suspend();
        try {
            Thread.sleep(PAUSE_MILLIS);
        } finally {
            redis.resume();
        }
    }

    @Override
    public String target(FaultKind kind) {
        return kind == FaultKind.S3_OUTAGE ? "s3" : "redis";
    }
}
