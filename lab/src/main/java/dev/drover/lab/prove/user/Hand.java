package dev.drover.lab.prove.user;

import java.util.Optional;
import java.util.function.BooleanSupplier;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import dev.drover.lab.prove.client.Call;
import dev.drover.lab.prove.client.Reply;
import dev.drover.lab.prove.ledger.Entry.Kind;

/**
 * A worker outside, which leases jobs of the proof's queue and counts the effect of each in the ledger, outside the queue: the suite's yes to
 * its word is the effect. Now and then it sleeps through its lease and says its word all the same; that one must be refused.
 */
public final class Hand implements Runnable {
    private static final int LEASE_MILLIS = 4_000;
    private static final int WAIT_MILLIS = 1_500;
    private static final long OVERSTAY_MILLIS = LEASE_MILLIS + 1_500;
    private static final long WORK_MILLIS = 10;
    private static final long PAUSE_MILLIS = 300;

    private final int number;
    private final World world;
    private final AdminSession admin;
    private final BooleanSupplier goesOn;
    /** The first job of the first worker is one it overstays, so that also a short proof has such a one. */
    private boolean hasOverstayed;

    Hand(int number, World world, AdminSession admin, BooleanSupplier goesOn) {
        this.number = number;
        this.world = world;
        this.admin = admin;
        this.goesOn = goesOn;
    }

    @Override
    public void run() {
        try {
            while (goesOn.getAsBoolean()) {
                workOnce();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void workOnce() throws InterruptedException {
        Optional<String> token = admin.token();
        if (token.isEmpty()) {
            Thread.sleep(PAUSE_MILLIS);
            return;
        }
        JsonObject wish = new JsonObject()
                .put("max", 4)
                .put("waitMs", WAIT_MILLIS)
                .put("leaseMs", LEASE_MILLIS)
                .put("worker", "hand-" + number);
        Reply reply = world.api()
                .send(Call.post("/queues/" + world.queue() + "/lease", wish).by(token.get()));
        if (!reply.isDone()) {
            admin.doubt(reply);
            Thread.sleep(PAUSE_MILLIS);
            return;
        }
        for (Object leased : reply.json().getJsonArray("jobs", new JsonArray())) {
            work((JsonObject) leased, token.get());
        }
    }

    private void work(JsonObject job, String token) throws InterruptedException {
        JsonObject what = new JsonObject()
                .put("id", job.getString("id"))
                .put("token", job.getLong("fencingToken"))
                .put("attempt", job.getInteger("attempt"))
                .put("hand", number);
        world.ledger().observed(Kind.JOB_LEASED, what.copy());
        JsonObject payload = job.getJsonObject("payload", new JsonObject());
        boolean first = job.getInteger("attempt", 1) <= 1;
        // Only on the first attempt, or the job would never end.
        boolean meant = payload.getBoolean("overstay", false) || !hasOverstayed;
        boolean overstays = number == 0 && first && meant && payload.getInteger("failures", 0) == 0;
        hasOverstayed |= overstays;
        Thread.sleep(overstays ? OVERSTAY_MILLIS : WORK_MILLIS);
        boolean fails = job.getInteger("attempt", 1) <= payload.getInteger("failures", 0);
        long began = world.ledger().now();
        Reply said = world.api().send((fails ? failed(job) : complete(job)).by(token));
        what.put("word", fails ? "fail" : "complete").put("began", began).put("by", said.servedBy());
        if (said.isDone()) {
            world.ledger().acknowledged(Kind.JOB_ENDED, what);
        } else if (said.isUnknown()) {
            world.ledger().unknown(Kind.JOB_ENDED, what);
        } else {
            // Refused after an attempt that was not answered, it may be that attempt's own doing.
            what.put("code", said.code()).put("unsure", said.unsure());
            world.ledger().observed(Kind.JOB_ENDED, what);
        }
    }

    private static Call complete(JsonObject job) {
        return Call.post(
                "/jobs/" + job.getString("id") + "/complete",
                new JsonObject()
                        .put("fencingToken", job.getLong("fencingToken"))
                        .put("result", new JsonObject().put("token", job.getLong("fencingToken"))));
    }

    private static Call failed(JsonObject job) {
        return Call.post(
                "/jobs/" + job.getString("id") + "/fail",
                new JsonObject()
                        .put("fencingToken", job.getLong("fencingToken"))
                        .put("reason", "meant_to"));
    }
}
