package dev.drover.lab.prove.user;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import dev.drover.lab.prove.client.Call;
import dev.drover.lab.prove.client.Reply;
import dev.drover.lab.prove.ledger.Entry.Kind;

/** A schedule that ticks every two seconds, and what its history says of each tick. */
public final class Ticks {
    public static final long PERIOD_MILLIS = 2_000;
    static final String WORK = "schedules";
    private static final int REMEMBERED_MAX = 1_000;

    private final World world;
    private final AdminSession admin;
    /** Tick and job, so that each pair is entered once, or again much later; the history itself is not longer than a hundred. */
    private final Map<String, String> known = new ConcurrentHashMap<>();

    Ticks(World world, AdminSession admin) {
        this.world = world;
        this.admin = admin;
    }

    boolean define() throws InterruptedException {
        Optional<String> token = admin.token();
        if (token.isEmpty()) {
            return false;
        }
        JsonObject schedule = new JsonObject()
                .put("cron", "*/2 * * * * *")
                .put("queue", world.queue())
                .put("type", "work.tick")
                .put("payload", new JsonObject())
                .put("misfire", "all");
        return world.api()
                .send(Call.put("/schedules/" + world.schedule(), schedule).by(token.get()))
                .isDone();
    }

    /** Enters the ticks that are new. The history has the latest hundred, so it is to be asked within three minutes. */
    public void look() throws InterruptedException {
        Optional<String> token = admin.token();
        if (token.isEmpty()) {
            return;
        }
        Reply history = world.api()
                .send(Call.get("/schedules/" + world.schedule() + "/history?limit=100")
                        .by(token.get()));
        for (Object one : history.json().getJsonArray("firings", new JsonArray())) {
            JsonObject firing = (JsonObject) one;
            String name = firing.getString("tickAt") + " " + firing.getString("jobId");
            if (known.size() >= REMEMBERED_MAX) {
                known.clear();
            }
            if (known.putIfAbsent(name, "") == null) {
                world.ledger().observed(Kind.TICK, firing.copy());
            }
        }
    }

    /** After this there are no more ticks. */
    public void remove() throws InterruptedException {
        Optional<String> token = admin.token();
        if (token.isEmpty()) {
            return;
        }
        Reply found =
                world.api().send(Call.get("/schedules/" + world.schedule()).by(token.get()));
        Optional<String> tag = found.header("ETag");
        if (tag.isPresent()) {
            world.api()
                    .send(Call.delete("/schedules/" + world.schedule())
                            .with("If-Match", tag.get())
                            .by(token.get()));
        }
    }

    public void pause() throws InterruptedException {
        Optional<String> token = admin.token();
        if (token.isPresent()) {
            world.api()
                    .send(Call.post("/schedules/" + world.schedule() + "/pause").by(token.get()));
        }
    }
}
