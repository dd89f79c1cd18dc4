package dev.drover.lab.prove.model;

import java.time.Instant;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import dev.drover.lab.prove.model.ModelStore.Job;

/** The queue and the schedule of the model. Every job is due at once. */
final class ModelJobs {
    private static final long EMPTY_WAIT_MILLIS = 100;
    private static final long TICK_MILLIS = 2_000;

    private final Vertx vertx;
    private final ModelStore store;
    private final ModelSockets sockets;
    private final Defect defect;
    private long lastTick;

    ModelJobs(Vertx vertx, ModelStore store, ModelSockets sockets, Defect defect) {
        this.vertx = vertx;
        this.store = store;
        this.sockets = sockets;
        this.defect = defect;
    }

    void answer(HttpServerRequest request, String route, String account, JsonObject json) {
        String[] parts = request.path().split("/");
        if (route.equals("POST /jobs")) {
            enqueueOnce(request, account, json);
        } else if (route.equals("POST /jobs/bulk")) {
            JsonArray results = new JsonArray();
            json.getJsonArray("jobs").forEach(job -> results.add(enqueue(account, (JsonObject) job)));
            ModelInstance.send(request, 200, new JsonObject().put("results", results));
        } else if (route.equals("GET /jobs")) {
            ModelInstance.send(request, 200, new JsonObject());
        } else if (parts[1].equals("jobs") && parts.length == 3) {
            show(request, parts[2]);
        } else if (parts[1].equals("jobs")) {
            end(request, parts[2], parts[3], json);
        } else if (parts[1].equals("queues") && parts.length == 4) {
            lease(request);
        } else if (parts[1].equals("queues")) {
            count(request);
        } else {
            schedule(request, route, account);
        }
    }

    private void enqueueOnce(HttpServerRequest request, String account, JsonObject json) {
        String key = request.getHeader("Idempotency-Key");
        JsonObject before = defect == Defect.KEY_IGNORED ? null : store.answered.get(key);
        JsonObject answer = before == null ? enqueue(account, json) : before;
        store.answered.put(key, answer);
        ModelInstance.send(request, 202, answer);
    }

    private JsonObject enqueue(String account, JsonObject json) {
        String id = store.next("job");
        store.jobs.put(id, new Job(json, account));
        return new JsonObject().put("id", id);
    }

    private void show(HttpServerRequest request, String id) {
        Job job = store.jobs.get(id);
        ModelInstance.send(
                request,
                job == null ? 404 : 200,
                job == null
                        ? new JsonObject()
                        : new JsonObject().put("state", job.state).put("attempt", job.attempt));
    }

    private void lease(HttpServerRequest request) {
        JsonArray leased = new JsonArray();
        long now = System.currentTimeMillis();
        store.jobs.forEach((id, job) -> {
            boolean free = job.state.equals("waiting") || (job.state.equals("active") && job.leaseUntil < now);
            if (free && leased.size() < 4) {
                // A lease that ran out spends no attempt.
                job.attempt += job.state.equals("waiting") ? 1 : 0;
                job.state = "active";
                job.token++;
                job.leaseUntil = now + 4_000;
                leased.add(new JsonObject()
                        .put("id", id)
                        .put("fencingToken", job.token)
                        .put("attempt", job.attempt)
                        .put("payload", job.content.getJsonObject("payload", new JsonObject())));
            }
        });
        JsonObject answer = new JsonObject().put("jobs", leased);
        if (leased.isEmpty()) {
            vertx.setTimer(EMPTY_WAIT_MILLIS, waited -> ModelInstance.send(request, 200, answer));
        } else {
            ModelInstance.send(request, 200, answer);
        }
    }

    private void end(HttpServerRequest request, String id, String word, JsonObject json) {
        Job job = store.jobs.get(id);
        boolean holds = job.state.equals("active")
                && job.token == json.getLong("fencingToken")
                && job.leaseUntil >= System.currentTimeMillis();
        if (!holds && defect != Defect.COMPLETION_WITHOUT_FENCING) {
            ModelInstance.send(request, 409, new JsonObject().put("code", "lease_lost"));
            return;
        }
        job.state = word.equals("fail") ? "waiting" : "succeeded";
        String event = job.state.equals("succeeded") ? "job.succeeded" : "job.scheduled";
        sockets.publish(
                "user:" + job.owner + ":events",
                id + "." + job.token,
                new JsonObject().put("event", event).put("jobId", id));
        ModelInstance.send(request, 200, new JsonObject().put("id", id).put("state", job.state));
    }

    private void count(HttpServerRequest request) {
        JsonObject counts = new JsonObject();
        store.jobs.values().forEach(job -> counts.put(job.state, counts.getLong(job.state, 0L) + 1));
        ModelInstance.send(request, 200, new JsonObject().put("counts", counts));
    }

    private void schedule(HttpServerRequest request, String route, String account) {
        if (route.startsWith("PUT ")) {
            store.firings.clear();
            store.answered.put("schedule", new JsonObject().put("owner", account));
        } else if (route.endsWith("/pause")) {
            store.answered.put("schedule", new JsonObject());
        } else if (route.endsWith("/history")) {
            ModelInstance.send(request, 200, new JsonObject().put("firings", new JsonArray(store.firings)));
            return;
        }
        request.response().putHeader("ETag", "\"1\"");
        ModelInstance.send(request, 200, new JsonObject());
    }

    /** Only one instance is asked; with the defect it does what two would do. */
    void tick() {
        String owner = store.answered.getOrDefault("schedule", new JsonObject()).getString("owner");
        long tick = System.currentTimeMillis() / TICK_MILLIS * TICK_MILLIS;
        if (owner == null || tick == lastTick) {
            return;
        }
        lastTick = tick;
        fire(owner, tick);
        if (defect == Defect.CRON_WITHOUT_CLAIM) {
            fire(owner, tick);
        }
    }

    private void fire(String owner, long tick) {
        String id = enqueue(owner, new JsonObject()).getString("id");
        store.firings.add(new JsonObject()
                .put("tickAt", Instant.ofEpochMilli(tick).toString())
                .put("jobId", id));
    }
}
