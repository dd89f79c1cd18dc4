package dev.drover.lab.operator;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

import io.vertx.core.json.JsonObject;

import dev.drover.lab.operator.SuiteApi.Answer;
import dev.drover.lab.rounds.Rounds;

/**
 * A worker outside, over HTTP: it leases the jobs of the queue {@code playground}, counts to what they say, and tells how far it is. It goes on
 * whichever instance of jobs-service dies, since none of them holds anything of it.
 */
final class PlaygroundWorker implements Rounds.Round {
    static final String QUEUE = "playground";
    static final int AT_ONCE = 8;
    static final int STEPS_MAX = 100;
    static final int STEP_MILLIS_MAX = 2_000;

    private static final int WAIT_MILLIS = 10_000;
    private static final int LEASE_MILLIS = 30_000;
    private static final int TRIES = 20;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final SuiteApi api;
    private final Supplier<Optional<String>> token;
    private final Semaphore free = new Semaphore(AT_ONCE);

    PlaygroundWorker(SuiteApi api, Supplier<Optional<String>> token) {
        this.api = api;
        this.token = token;
    }

    @Override
    public Duration run() throws InterruptedException {
        return leaseSome() ? Duration.ZERO : PAUSE;
    }

    private boolean leaseSome() throws InterruptedException {
        if (token.get().isEmpty()) {
            return false;
        }
        // One at least, and as many as are free at this moment.
        free.acquire();
        int places = 1 + free.drainPermits();
        int taken = 0;
        try {
            Answer leased = api.post("/queues/" + QUEUE + "/lease", token.get())
                    .send(new JsonObject()
                            .put("max", places)
                            .put("waitMs", WAIT_MILLIS)
                            .put("leaseMs", LEASE_MILLIS)
                            .put("worker", "lab"));
            if (!leased.isGood()) {
                return false;
            }
            for (Object job : leased.body().getJsonArray("jobs")) {
                taken++;
                Thread.ofVirtual().start(() -> work((JsonObject) job));
            }
            return true;
        } catch (IOException e) {
            return false;
        } finally {
            free.release(places - taken);
        }
    }

    private void work(JsonObject job) {
        try {
            JsonObject payload = job.getJsonObject("payload", new JsonObject());
            int steps = bounded(payload, "steps", STEPS_MAX);
            int stepMillis = bounded(payload, "stepMillis", STEP_MILLIS_MAX);
            JsonObject fence = new JsonObject().put("fencingToken", job.getLong("fencingToken"));
            for (int step = 1; step <= steps; step++) {
                Thread.sleep(stepMillis);
                JsonObject progress = fence.copy().put("percent", step * 100 / steps);
                if (!tell(job, step % 10 == 0 ? "/heartbeat" : "/progress", step % 10 == 0 ? fence : progress)) {
                    return;
                }
            }
            tell(job, "/complete", fence.copy().put("result", new JsonObject().put("counted", steps)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            free.release();
        }
    }

    /** Until it was heard. @return false when the job is no longer this worker's */
    private boolean tell(JsonObject job, String what, JsonObject body) throws InterruptedException {
        for (int tries = 0; tries < TRIES; tries++) {
            try {
                Answer answer = api.post("/jobs/" + job.getString("id") + what, token.get())
                        .send(body);
                if (answer.isGood()) {
                    return true;
                }
                if (answer.status() == 404 || answer.status() == 409) {
                    return false;
                }
            } catch (IOException e) {
                // Whether it was heard is not known; saying it again does no harm.
            }
            Thread.sleep(PAUSE);
        }
        return false;
    }

    private static int bounded(JsonObject payload, String name, int max) {
        return payload.getValue(name) instanceof Number number ? Math.clamp(number.longValue(), 1, max) : 1;
    }
}
