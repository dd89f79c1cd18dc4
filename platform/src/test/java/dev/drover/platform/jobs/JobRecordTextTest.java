package dev.drover.platform.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class JobRecordTextTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JobId ID = new JobId(new QueueName("reports"), "06ek2v5w3xq9d4t8m1b7c0hzyn");

    @Test
    void aPlainJobHasNoMoreThanItNeeds() throws JsonProcessingException {
        assertThat(read(NewJob.now(ID, "a.b", "usr_1", "{}"), Optional.empty()))
                .isEqualTo(JSON.readTree("{\"type\":\"a.b\",\"owner\":\"usr_1\",\"priority\":5,\"maxAttempts\":5}"));
    }

    @Test
    void whatAClientChoseIsQuoted() throws JsonProcessingException {
        UniqueKey key = new UniqueKey("\"},\\{\"", UniqueKey.Mode.THROTTLE, Optional.of(Duration.ofSeconds(2)));
        NewJob job = NewJob.now(ID, "a.b", "an \"owner\"\n", "{}").with(JobOptions.NONE.with(key));

        JsonNode record = read(job, Optional.of("00-1-2-01"));

        assertThat(record.path("owner").asText()).isEqualTo("an \"owner\"\n");
        assertThat(record.path("traceparent").asText()).isEqualTo("00-1-2-01");
        assertThat(record.path("unique"))
                .isEqualTo(JSON.readTree("{\"key\":\"\\\"},\\\\{\\\"\",\"mode\":\"throttle\",\"forMs\":2000}"));
    }

    @Test
    void everyOptionHasItsMember() throws JsonProcessingException {
        JobId parent = new JobId(new QueueName("pages"), "16ek2v5w3xq9d4t8m1b7c0hzyn");
        JobOptions options = JobOptions.NONE
                .inGroup("tenant-7")
                .within(Duration.ofMinutes(5))
                .with(new Backoff.Custom(List.of(Duration.ofSeconds(1), Duration.ofSeconds(3)), 100))
                .after(new Dependencies(List.of(parent), Dependencies.OnFailure.DEAD));

        JsonNode record = read(NewJob.now(ID, "a.b", "usr_1", "{}").with(options), Optional.empty());

        assertThat(record.path("group").asText()).isEqualTo("tenant-7");
        assertThat(record.path("timeLimitMs").asLong()).isEqualTo(300_000);
        assertThat(record.path("backoff"))
                .isEqualTo(JSON.readTree("{\"jitterPerMille\":100,\"kind\":\"list\",\"delaysMs\":[1000,3000]}"));
        assertThat(record.path("dependsOn")).isEqualTo(JSON.readTree("[\"" + parent + "\"]"));
        assertThat(record.path("onDependencyFailure").asText()).isEqualTo("dead");
    }

    private static JsonNode read(NewJob job, Optional<String> traceParent) throws JsonProcessingException {
        return JSON.readTree(JobRecordText.of(job, traceParent) + "}");
    }
}
