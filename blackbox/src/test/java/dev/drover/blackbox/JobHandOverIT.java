package dev.drover.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

import dev.drover.blackbox.Suite.Member;

/** A job goes on elsewhere when the process that runs it is told to stop, is killed, or is frozen; and each of its effects is there once. */
class JobHandOverIT {

    private static final int STEPS = 60;
    private static final Duration DONE_WITHIN = Duration.ofSeconds(90);

    private static final Duration ELSEWHERE_WITHIN = Duration.ofSeconds(1);

    private final Suite suite = Suite.shared();
    private final Person person = Person.signUp(suite.anyone());
    private final String counter = "c-" + UUID.randomUUID();

    /** By an instance that is not the one that is frozen, for that one would keep whoever asks it waiting. */
    private Client looking = person.client();

    /** For how long the machine let nobody run is measured beside and added to the second: no promise can be kept then. */
    @Test
    void aWorkerThatIsToldToStopHandsItsJobOnWithTheCheckpointWithinASecond() {
        String id = begun();
        Member first = holder(id);
        Instant told = Instant.now();
        Duration stood;
        try (Standstills standstills = new Standstills()) {
            suite.signal(first, "TERM");
            Eventually.within(DONE_WITHIN).until(() -> isElsewhere(id, first));
            stood = Duration.ofMillis(standstills.totalMillis());
        }

        JsonNode done = awaitDone(id);
        assertThat(done.path("attempts"))
                .extracting(run -> run.path("outcome").asText())
                .containsExactly("handed_back", "succeeded");
        assertThat(done.at("/attempts/0/worker").asText()).isEqualTo(first.id());
        assertThat(done.at("/attempts/1/worker").asText()).isNotEqualTo(first.id());
        Duration elsewhereAfter = Duration.between(
                told, Instant.parse(done.at("/attempts/1/startedAt").asText()));
        System.out.println("measured: from SIGTERM to running elsewhere: " + elsewhereAfter.toMillis()
                + " ms (stood still for " + stood.toMillis() + ")");
        assertThat(elsewhereAfter).isLessThan(ELSEWHERE_WITHIN.plus(stood));
        assertThat(done.path("crashes").asInt()).isZero();
        assertThat(done.path("attempt").asInt())
                .as("nothing was spent by the stop")
                .isOne();
        assertEffects(STEPS);
        assertThat(tally().path("repeated").asInt())
                .as("it went on from its checkpoint: at most the step under way came again")
                .isLessThanOrEqualTo(1);
    }

    @Test
    void aWorkerThatWasFrozenBeyondItsLeaseHasNoEffectWhenItGoesOn() {
        String id = begun();
        Member frozen = holder(id);
        looking = person.client().via(suite.other(frozen).url());
        Signals.send(frozen.pid(), "STOP");
        try {
            awaitDone(id);
        } finally {
            Signals.send(frozen.pid(), "CONT");
        }
        // What it may still have wanted to say is said, once it answers again.
        Eventually.within(DONE_WITHIN).until(() -> suite.readiness(frozen) == 200);
        Eventually.within(DONE_WITHIN)
                .until(() -> suite.instance(frozen.id()).state().equals("ready"));

        JsonNode done = job(id);
        assertThat(done.path("state").asText()).isEqualTo("succeeded");
        assertThat(done.path("crashes").asInt()).isOne();
        assertThat(done.path("attempt").asInt()).isOne();
        assertThat(done.at("/attempts/0/outcome").asText()).isEqualTo("lease_expired");
        assertEffects(STEPS);
        assertThat(tally().path("refused").asInt()).isLessThanOrEqualTo(1);
    }

    private void assertEffects(int steps) {
        assertThat(tally().path("effects").asInt()).isEqualTo(steps);
    }

    private JsonNode tally() {
        return looking.get("/jobs/demo/counters/" + counter).body();
    }

    /** A job that takes a few seconds and has begun. */
    private String begun() {
        Reply added = person.client()
                .with("Idempotency-Key", UUID.randomUUID().toString())
                .post(
                        "/jobs",
                        "{\"queue\":\"default\",\"type\":\"demo.count\",\"payload\":{\"counter\":\"%s\",\"steps\":%d,\"pause\":\"PT0.1S\"}}"
                                .formatted(counter, STEPS));
        assertThat(added.status()).as("%s", added.body()).isEqualTo(202);
        String id = added.text("/id");
        Eventually.within(DONE_WITHIN).until(() -> job(id).path("progress").asInt() > 5);
        return id;
    }

    private Member holder(String id) {
        return suite.instance(job(id).at("/holder/worker").asText());
    }

    private boolean isElsewhere(String id, Member first) {
        JsonNode job = job(id);
        String holder = job.at("/holder/worker").asText();
        return job.path("state").asText().equals("succeeded") || !holder.isEmpty() && !holder.equals(first.id());
    }

    private JsonNode awaitDone(String id) {
        Eventually.within(DONE_WITHIN)
                .until(() -> job(id).path("state").asText().equals("succeeded"));
        return job(id);
    }

    private JsonNode job(String id) {
        Reply found = looking.get("/jobs/" + id);
        assertThat(found.status()).as("%s", found.body()).isEqualTo(200);
        return found.body();
    }
}
