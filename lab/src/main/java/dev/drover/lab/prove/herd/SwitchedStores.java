package dev.drover.lab.prove.herd;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

import io.vertx.core.json.JsonObject;

import dev.drover.lab.control.LabClient;
import dev.drover.lab.prove.FaultKind;
import dev.drover.lab.suite.LabFile;

/** The stores a lab in another process has started, which that lab takes away and gives back. */
public final class SwitchedStores implements StoreFaults {
    private static final String REDIS = "redis";
    private static final String OBJECTS = "s3";
    private static final long PAUSE_MILLIS = 2_500;
    private static final long OUTAGE_MILLIS = 3_000;

    private final LabFile lab;

    private SwitchedStores(LabFile lab) {
        this.lab = lab;
    }

    public static SwitchedStores of(LabFile lab) {
        return new SwitchedStores(lab);
    }

    @Override
    public Set<FaultKind> possible() {
        EnumSet<FaultKind> possible = EnumSet.noneOf(FaultKind.class);
        if (isTheLabs(REDIS)) {
            possible.add(FaultKind.REDIS_RESTART);
            possible.add(FaultKind.REDIS_PAUSE);
        }
        if (isTheLabs(OBJECTS)) {
            possible.add(FaultKind.S3_OUTAGE);
        }
        return possible;
    }

    @Override
    public void inflict(FaultKind kind) throws IOException, InterruptedException {
        boolean pause = kind == FaultKind.REDIS_PAUSE;
        String store = target(kind);
        long millis =
                switch (kind) {
                    case REDIS_PAUSE -> PAUSE_MILLIS;
                    case S3_OUTAGE -> OUTAGE_MILLIS;
                    default -> 0;
                };
        change(store, pause ? "cut" : "stop");
        try {
            Thread.sleep(millis);
        } finally {
            change(store, pause ? "join" : "start");
        }
    }

    @Override
    public String target(FaultKind kind) {
        return kind == FaultKind.S3_OUTAGE ? OBJECTS : REDIS;
    }

    private void change(String store, String verb) throws IOException, InterruptedException {
        try (LabClient client = new LabClient(lab.gateway(), Optional.of(lab.token()))) {
            Optional<String> refused = client.store(store, verb);
            if (refused.isPresent()) {
                throw new IOException(store + " " + verb + ": " + refused.get());
            }
        }
    }

    private boolean isTheLabs(String name) {
        JsonObject stores = lab.content().getJsonObject("stores", new JsonObject());
        return stores.getJsonObject(name, new JsonObject()).getBoolean("embedded", false);
    }
}
