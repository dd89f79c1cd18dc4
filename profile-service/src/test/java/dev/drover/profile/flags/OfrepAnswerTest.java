package dev.drover.profile.flags;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

import dev.drover.platform.flags.Evaluation;
import dev.drover.platform.flags.Evaluator;
import dev.drover.platform.flags.FlagDocument;
import dev.drover.profile.flags.OfrepAnswer.Staleness;

class OfrepAnswerTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void whatIsEvaluatedFromAnOldCopySaysSoAndHowOldItIs() throws Exception {
        assertThat(answer(new Staleness(false, Duration.ofSeconds(9)))
                        .path("metadata")
                        .fieldNames())
                .toIterable()
                .containsExactly("flagVersion");
        ObjectNode old = answer(new Staleness(true, Duration.ofMillis(12_700)));
        assertThat(old.at("/metadata/stale").booleanValue()).isTrue();
        assertThat(old.at("/metadata/ageSeconds").intValue()).isEqualTo(12);
        assertThat(old.path("value").booleanValue()).isTrue();
    }

    private static ObjectNode answer(Staleness staleness) throws Exception {
        ObjectNode document = (ObjectNode)
                JSON.readTree("{\"type\":\"boolean\",\"variants\":{\"on\":true},\"defaultVariant\":\"on\"}");
        FlagDocument.Reading.Readable flag =
                (FlagDocument.Reading.Readable) FlagDocument.read("switch", document, 1, Instant.EPOCH);
        Evaluation evaluation = Evaluator.evaluate(flag.flag(), JSON.createObjectNode(), Instant.EPOCH);
        return OfrepAnswer.of("switch", evaluation, staleness);
    }
}
