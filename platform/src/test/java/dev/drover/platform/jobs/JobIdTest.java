package dev.drover.platform.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobIdTest {

    @Test
    void theIdOfAJobOfThatQueueIsReadAndNoOther() {
        QueueName queue = new QueueName("reports");
        JobId id = new JobId(queue, UNIQUE);
        assertThat(JobId.of(queue, id.toString())).isEqualTo(id);
        for (String other : List.of("", "job_reports_short", "job_other_" + UNIQUE, id + "0")) {
            assertThatThrownBy(() -> JobId.of(queue, other)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static final String UNIQUE = "0123456789abcdefghjkmnpqrs";

    @Test
    void anIdSaysItsQueue() {
        JobId id = new JobId(new QueueName("image-small"), UNIQUE);

        assertThat(id).hasToString("job_image-small_" + UNIQUE);
        assertThat(JobId.parse(id.toString())).contains(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "job_",
                "job_media_short",
                "job_Media_0123456789abcdefghjkmnpqrs",
                "job_a}b_0123456789abcdefghjkmnpqrs",
                "med_media_0123456789abcdefghjkmnpqrs"
            })
    void whatIsNoJobIdIsNone(String text) {
        assertThat(JobId.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1a", "a_b", "a{b}", "A", "a b"})
    void aQueuesNameCannotLeaveItsHashTag(String name) {
        assertThatThrownBy(() -> new QueueName(name)).isInstanceOf(IllegalArgumentException.class);
    }
}
