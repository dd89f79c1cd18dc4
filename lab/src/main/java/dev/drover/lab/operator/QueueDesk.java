package dev.drover.lab.operator;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import dev.drover.lab.operator.SuiteApi.Answer;

/** The suite's queues as its admin sees and steers them, over the public API. Blocks; for virtual threads. */
public final class QueueDesk {
    /** So many are asked one by one how they have been doing; of the others there are the counts. */
    private static final int IN_DETAIL_MAX = 30;

    private static final int DEAD_SHOWN = 100;
    private static final Duration SWEPT_WITHIN = Duration.ofSeconds(15);

    private final SuiteApi api;
    private final Supplier<Optional<String>> token;

    QueueDesk(SuiteApi api, Supplier<Optional<String>> token) {
        this.api = api;
        this.token = token;
    }

    /** Whether the lab is the suite's admin at this moment. */
    public boolean isOpen() {
        return token.get().isPresent();
    }

    /** {@code {queues[]}}, each as {@code GET /queues/{queue}} shows it. */
    public Answer all() throws IOException, InterruptedException {
        Answer list = api.get("/queues", token()).send();
        if (!list.isGood()) {
            return list;
        }
        JsonArray shown = new JsonArray();
        for (Object one : list.body().getJsonArray("queues", new JsonArray())) {
            JsonObject counted = (JsonObject) one;
            shown.add(shown.size() < IN_DETAIL_MAX ? detail(counted) : counted);
        }
        return new Answer(list.status(), new JsonObject().put("queues", shown));
    }

    private JsonObject detail(JsonObject counted) throws IOException, InterruptedException {
        Answer detail = api.get("/queues/" + counted.getString("name"), token()).send();
        return detail.isGood() ? detail.body() : counted;
    }

    /** The latest that are dead, with what each died of. */
    public Answer dead(String queue) throws IOException, InterruptedException {
        Answer page = api.get("/jobs?state=dead&limit=" + DEAD_SHOWN + "&queue=" + queue, token())
                .send();
        if (!page.isGood()) {
            return page;
        }
        JsonArray dead = new JsonArray();
        for (Object one : page.body().getJsonArray("jobs", new JsonArray())) {
            JsonObject job = (JsonObject) one;
            dead.add(new JsonObject()
                    .put("id", job.getString("id"))
                    .put("type", job.getString("type"))
                    .put("endedAt", job.getString("endedAt"))
                    .put("error", job.getJsonObject("error")));
        }
        boolean more = page.body().containsKey("nextCursor");
        return new Answer(page.status(), new JsonObject().put("jobs", dead).put("more", more));
    }

    /** @param action pause or resume */
    public Answer turn(String queue, String action) throws IOException, InterruptedException {
        return api.post("/queues/" + queue + "/" + action, token.get()).send();
    }

    /**
     * {@code {changed, nextCursor?}}: page by page until all were looked at, or somebody has waited long enough.
     *
     * @param action    redrive or drain
     * @param selection which jobs, as the suite takes it
     */
    public Answer sweep(String queue, String action, JsonObject selection) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + SWEPT_WITHIN.toNanos();
        JsonObject next = selection.copy();
        int changed = 0;
        while (true) {
            Answer page =
                    api.post("/queues/" + queue + "/" + action, token.get()).send(next);
            if (!page.isGood()) {
                return page;
            }
            changed += page.body().getInteger("changed", 0);
            String cursor = page.body().getString("nextCursor");
            if (cursor == null || System.nanoTime() > deadline) {
                return new Answer(page.status(), page.body().copy().put("changed", changed));
            }
            next.put("cursor", cursor);
        }
    }

    private String token() {
        return token.get().orElse("");
    }
}
