package dev.drover.jobs.enqueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;

import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.drover.platform.problem.BodyReading;
import dev.drover.platform.problem.CloseReading;
import dev.drover.platform.problem.ServiceException;
import dev.drover.platform.problem.Violation;

class EnqueueReadingTest {

    private static final ObjectMapper JSON =
            new ObjectMapper().registerModule(new JavaTimeModule()).disable(SerializationFeature.FAIL_ON_EMPTY_BEANS);

    private static final ValidatorFactory FACTORY = Validation.buildDefaultValidatorFactory();
    private static final BulkReading BULK = new BulkReading(new CloseReading(JSON, FACTORY.getValidator()));
    private static final String FIT = "{\"queue\":\"a\",\"type\":\"b\",\"payload\":{\"n\":1}}";

    private static final List<String> GOOD = List.of(
            "{}",
            "{\"queue\":\"a\",\"type\":\"b\",\"payload\":{\"n\":1}}",
            "{\"type\":\"b\",\"queue\":\"other\",\"payload\":{\"n\":[1.5,{}]},\"priority\":0,\"maxAttempts\":100}",
            "{\"queue\":null,\"type\":null,\"payload\":null,\"delay\":null,\"runAt\":null,\"priority\":null,\"maxAttempts\":null,"
                    + "\"backoff\":null,\"timeLimit\":null,\"group\":null,\"unique\":null,\"dependsOn\":null,\"onDependencyFailure\":null,\"quiet\":null}",
            "{\"delay\":\"PT1.5S\",\"timeLimit\":\"P1D\",\"group\":\"g\",\"quiet\":true}",
            "{\"runAt\":\"2026-01-01T00:00:00Z\",\"quiet\":false,\"group\":\"g\"}",
            "{\"runAt\":\"2026-01-01T01:00:00.123+01:00\"}",
            "{\"backoff\":{\"kind\":\"fixed\",\"delay\":\"PT1S\",\"jitter\":0}}",
            "{\"backoff\":{\"kind\":\"list\",\"delays\":[\"PT1S\",\"PT2S\"],\"max\":\"PT3S\",\"jitter\":0.25}}",
            "{\"unique\":{\"key\":\"k\",\"mode\":\"replace\",\"for\":\"PT1H\"},\"dependsOn\":[],\"onDependencyFailure\":\"run\"}",
            "{\"dependsOn\":[\"a\",\"b\"],\"backoff\":{},\"unique\":{}}",
            "{\"queue\":\"a\",\"queue\":\"b\"}");

    @AfterAll
    static void close() {
        FACTORY.close();
    }

    @Test
    void whatIsTakenIsWhatBindingMakesOfIt() throws IOException {
        for (String body : GOOD) {
            assertThat(read(new JobReading(), body))
                    .as(body)
                    .usingRecursiveComparison()
                    .isEqualTo(JSON.readValue(body, EnqueueRequest.class));
        }
    }

    @Test
    void eachOfABulkIsReadAsIfItWereAlone() throws IOException {
        List<SentJob> jobs = bulk(String.join(", ", GOOD)).jobs();

        assertThat(jobs).hasSameSizeAs(GOOD);
        for (int i = 0; i < jobs.size(); i++) {
            EnqueueRequest alone = JSON.readValue(GOOD.get(i), EnqueueRequest.class);
            if (alone.annotationsHold() && alone.violations().isEmpty()) {
                assertThat(jobs.get(i))
                        .as(GOOD.get(i))
                        .usingRecursiveComparison()
                        .isEqualTo(alone);
            } else {
                assertThat(jobs.get(i)).as(GOOD.get(i)).isInstanceOf(SentJob.Unfit.class);
            }
        }
        assertThat(jobs)
                .hasAtLeastOneElementOfType(EnqueueRequest.class)
                .hasAtLeastOneElementOfType(SentJob.Unfit.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "null",
                "{\"queue\":7}",
                "{\"queue\":{}}",
                "{\"queue\":[\"a\"]}",
                "{\"que\":\"a\"}",
                "{\"type\":true}",
                "{\"payload\":[]}",
                "{\"payload\":\"{}\"}",
                "{\"delay\":7}",
                "{\"delay\":\"soon\"}",
                "{\"delay\":\"\"}",
                "{\"runAt\":\"today\"}",
                "{\"runAt\":0}",
                "{\"priority\":\"1\"}",
                "{\"priority\":1.0}",
                "{\"priority\":3000000000}",
                "{\"priority\":true}",
                "{\"maxAttempts\":[1]}",
                "{\"backoff\":\"fixed\"}",
                "{\"backoff\":{\"kinds\":\"fixed\"}}",
                "{\"backoff\":{\"jitter\":\"0.5\"}}",
                "{\"backoff\":{\"jitter\":\"NaN\"}}",
                "{\"backoff\":{\"delays\":[\"PT1S\",null]}}",
                "{\"backoff\":{\"delays\":[1]}}",
                "{\"backoff\":{\"delays\":\"PT1S\"}}",
                "{\"unique\":{\"length\":\"PT1S\"}}",
                "{\"unique\":[]}",
                "{\"dependsOn\":[null]}",
                "{\"dependsOn\":[[]]}",
                "{\"dependsOn\":{}}",
                "{\"quiet\":\"true\"}",
                "{\"quiet\":1}"
            })
    void whatIsNotJustAsItShouldBeIsReadTheLongWayAndOfABulkItAlone(String body) throws IOException {
        assertThatExceptionOfType(JsonProcessingException.class).isThrownBy(() -> read(new JobReading(), body));

        List<SentJob> jobs = bulk(FIT + "," + body + "," + FIT).jobs();
        assertThat(jobs).hasSize(3);
        assertThat(jobs.get(0)).isInstanceOf(EnqueueRequest.class);
        assertThat(jobs.get(1)).isInstanceOfSatisfying(SentJob.Unfit.class, unfit -> assertThat(
                        unfit.why().error().kind().status())
                .isEqualTo(400));
        assertThat(jobs.get(2)).usingRecursiveComparison().isEqualTo(jobs.get(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"payload\":{\"a\":}}", "{\"queue\":\"a\"", "[", "{\"queue\":7,}", "{\"typ\":nope}"})
    void whatIsNoJsonIsNoneAlsoInABulk(String body) {
        assertThatExceptionOfType(JsonProcessingException.class).isThrownBy(() -> read(new JobReading(), body));
        assertThatExceptionOfType(JsonProcessingException.class).isThrownBy(() -> bulk(FIT + "," + body + "," + FIT));
    }

    @Test
    void whatIsWrongWithOneOfABulkIsSaidWithItsPlaceInTheJob() throws IOException {
        List<SentJob> jobs =
                bulk("7, \"a\", [[{}]], null, {\"queue\":\"a\",\"typ\":\"b\"}, {\"queue\":\"a\",\"type\":\"b\",\"priority\":\"1\",\"payload\":{\"x\":[{}]}},"
                                + "{\"queue\":\"a\",\"type\":\"b\",\"priority\":10}, {\"queue\":\"a\",\"type\":\"b\",\"timeLimit\":\"PT0S\"}, "
                                + FIT)
                        .jobs();

        assertThat(jobs.stream().map(EnqueueReadingTest::pointers))
                .containsExactly(
                        List.of(""),
                        List.of(""),
                        List.of(""),
                        List.of(""),
                        List.of("/typ", "/type"),
                        List.of("/priority"),
                        List.of("/priority"),
                        List.of("/timeLimit"),
                        List.of());
    }

    private static List<String> pointers(SentJob job) {
        return switch (job) {
            case EnqueueRequest fit -> List.of();
            case SentJob.Unfit unfit ->
                unfit.why().violations().stream().map(Violation::pointer).toList();
        };
    }

    /** The reader counts bytes only in UTF-8, which JSON is to be in: fit ones are read all the same. */
    @Test
    void ofABulkInAnotherEncodingTheFitOnesAreRead() throws IOException {
        byte[] body = ("{\"jobs\":[" + FIT + ",{\"queue\":7}," + FIT + "]}").getBytes(StandardCharsets.UTF_16BE);
        try (JsonParser from = JSON.createParser(body)) {
            assertThat(BULK.read(from, body).jobs())
                    .hasExactlyElementsOfTypes(EnqueueRequest.class, SentJob.Unfit.class, EnqueueRequest.class);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|/jobs",
                "{\"jobs\":{}}|/jobs",
                "{\"jobs\":null}|/jobs",
                "{\"jobs\":[]}|/jobs",
                "{\"jobs\":[{}],\"more\":1}|/more",
                "{\"more\":1,\"jobs\":[{}]}|/more",
                "[]|''",
                "7|''"
            })
    void aBulkIsOneListAndNothingElse(String body, String pointer) {
        assertThatExceptionOfType(ServiceException.class)
                .isThrownBy(() -> read(BULK, body))
                .satisfies(fault -> assertThat(fault.violations())
                        .extracting(Violation::pointer)
                        .containsExactly(pointer));
    }

    @Test
    void aBulkHasAThousandJobsAtMost() throws IOException {
        assertThat(bulk(String.join(",", Collections.nCopies(1_000, FIT))).jobs())
                .hasSize(1_000);
        assertThatExceptionOfType(ServiceException.class)
                .isThrownBy(() -> bulk(String.join(",", Collections.nCopies(1_001, FIT))))
                .satisfies(fault -> assertThat(fault.violations())
                        .extracting(Violation::pointer)
                        .containsExactly("/jobs"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"jobs\":[{}]", "{\"jobs\":[{},]}", "{\"jobs\":[7"})
    void aBulkThatIsNoJsonIsRefused(String body) {
        assertThatExceptionOfType(JsonProcessingException.class).isThrownBy(() -> read(BULK, body));
    }

    private static BulkRequest bulk(String jobs) throws IOException {
        return read(BULK, "{\"jobs\": [" + jobs + "]}");
    }

    private static <T> T read(BodyReading<T> reading, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (JsonParser from = JSON.createParser(bytes)) {
            return reading.read(from, bytes);
        }
    }
}
