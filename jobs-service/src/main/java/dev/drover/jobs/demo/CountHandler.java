package dev.drover.jobs.demo;

import java.time.DateTimeException;
import java.time.Duration;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.drover.jobs.worker.JobExecution;
import dev.drover.jobs.worker.JobHandler;
import dev.drover.jobs.worker.JobOutcome;

/**
 * {@code demo.count}: passes time in steps and has an effect in each, counted outside the queue, so that anybody can see what a crash loses
 * and what it does twice. After each step it leaves a checkpoint, and the next run goes on from there.
 */
@Singleton
final class CountHandler implements JobHandler {

    static final String TYPE = "demo.count";

    private final CounterStore counters;
    private final DemoConfig config;
    private final ObjectMapper json;

    CountHandler(CounterStore counters, DemoConfig config, ObjectMapper json) {
        this.counters = counters;
        this.config = config;
        this.json = json;
    }

    @Override
    public String type() {
        return TYPE;
    }

    private record Plan(Counter counter, int steps, Duration pause) {}

    @Override
    public JobOutcome handle(JobExecution execution) throws Exception {
        if (!config.enabled()) {
            return new JobOutcome.Dead("demonstration jobs are switched off here (JOBS_DEMO)");
        }
        Plan plan;
        try {
            plan = plan(execution);
        } catch (IllegalArgumentException | DateTimeException | JsonProcessingException e) {
            return new JobOutcome.Dead("not a payload of " + TYPE + ": " + e.getMessage());
        }
        for (int step = done(execution) + 1; step <= plan.steps(); step++) {
            Thread.sleep(plan.pause());
            // The token travels with the effect: there is no moment between a look at the lease and the effect.
            switch (counters.count(plan.counter(), execution.id(), execution.fencingToken(), step)) {
                case COUNTED, REPEATED -> {}
                case REFUSED -> throw new InterruptedException("the job is another worker's");
                case FULL -> {
                    return new JobOutcome.Dead("the counter knows " + config.jobsMax() + " jobs, or the account "
                            + config.countersMax() + " counters, and no more");
                }
            }
            if (plan.steps() > 1) {
                execution.saveCheckpoint("{\"done\":" + step + "}");
                execution.progress(step * 100 / plan.steps());
            }
        }
        return new JobOutcome.Succeeded("{\"steps\":" + plan.steps() + "}");
    }

    private Plan plan(JobExecution execution) throws JsonProcessingException {
        JsonNode payload = json.readTree(execution.payload());
        int steps = payload.path("steps").asInt(1);
        Duration pause = payload.hasNonNull("pause")
                ? Duration.parse(payload.path("pause").asText())
                : Duration.ZERO;
        if (steps < 0 || steps > config.stepsMax()) {
            throw new IllegalArgumentException("steps is 0 to " + config.stepsMax());
        }
        if (pause.isNegative() || pause.compareTo(config.pauseMax()) > 0) {
            throw new IllegalArgumentException("pause is PT0S to " + config.pauseMax());
        }
        return new Plan(new Counter(execution.owner(), payload.path("counter").asText("")), steps, pause);
    }

    private int done(JobExecution execution) throws JsonProcessingException {
        return execution.checkpoint().isEmpty()
                ? 0
                : json.readTree(execution.checkpoint().get()).path("done").asInt();
    }
}
