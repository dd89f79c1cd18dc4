package dev.drover.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyFormTest {

    private final ObjectMapper json = new ObjectMapper().registerModule(new JavaTimeModule());
    private final BodyForm form = new BodyForm(json, new BodyMembers(json));

    record Order(
            String name,
            int count,
            @Min(1) @Max(9) Integer rank,
            @Min(1) long size,
            Duration delay,
            ObjectNode payload,
            List<Line> lines) {}

    record Line(String text, boolean isUrgent) {}

    @Test
    void everythingThatIsWrongIsFoundAtOnceEachWithItsPointer() throws JsonProcessingException {
        check("""
                {"name": 7, "count": "many", "rank": 1.5, "size": "1", "delay": "soon", "payload": [], "a/b": 1,
                 "lines": [{"text": "fine", "isUrgent": "no"}, 3]}""");

        assertThat(form.unknown()).extracting(Violation::pointer).containsExactly("/a~1b");
        assertThat(form.mistyped())
                .containsExactlyInAnyOrder(
                        new Violation("/name", "must be a string"),
                        new Violation("/count", "must be an integer from -2147483648 to 2147483647"),
                        new Violation("/rank", "must be an integer from 1 to 9"),
                        new Violation("/size", "must be an integer of at most 18 digits, at least 1"),
                        new Violation("/delay", "must be an ISO-8601 duration such as PT2S"),
                        new Violation("/payload", "must be an object"),
                        new Violation("/lines/0/isUrgent", "must be true or false"),
                        new Violation("/lines/1", "must be an object"));
    }

    @Test
    void whatIsLeftCanBeBound() throws JsonProcessingException {
        JsonNode rest = check("{\"name\": \"a\", \"count\": 1.5, \"more\": true}");

        assertThat(json.treeToValue(rest, Order.class).name()).isEqualTo("a");
    }

    @Test
    void ofAListOnlyTheFaultyElementsAreGone() throws JsonProcessingException {
        JsonNode rest = check("{\"lines\": [{\"text\": \"a\", \"more\": 1}, 3, {\"text\": \"c\"}]}");

        assertThat(json.treeToValue(rest, Order.class).lines())
                .containsExactly(new Line("a", false), null, new Line("c", false));
    }

    @Test
    void ofVeryManyFaultsTheFirstAreEnough() throws JsonProcessingException {
        check("{\"lines\": [" + "1,".repeat(100_000) + "1]}");

        assertThat(form.mistyped()).hasSize(ServiceException.VIOLATIONS_MAX + 1);
        assertThat(ServiceException.invalid(form.mistyped()).violations()).hasSize(ServiceException.VIOLATIONS_MAX);
        assertThat(ServiceException.invalid(form.mistyped()).getMessage()).contains("more than these 100");
    }

    @Test
    void aNumberThatIsTooLargeOrHasAFractionIsNoInteger() throws JsonProcessingException {
        check("{\"count\": 3000000000}");
        check("{\"count\": 1.5}");

        assertThat(form.mistyped()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\" \"", "5", "1.5", "true"})
    void aDurationIsTextThatSaysOne(String value) throws JsonProcessingException {
        check("{\"delay\": " + value + "}");

        assertThat(form.mistyped()).singleElement().satisfies(fault -> {
            assertThat(fault.pointer()).isEqualTo("/delay");
            assertThat(fault.message()).isEqualTo("must be an ISO-8601 duration such as PT2S");
        });
    }

    @Test
    void aGoodBodyHasNoFaults() throws JsonProcessingException {
        check("""
                {"name": "a", "count": 1, "delay": "PT1S", "payload": {"x": [1]}, "lines": [{"text": null, "isUrgent": true}]}""");

        assertThat(form.isFlawless()).isTrue();
    }

    @Test
    void aRecordIsTakenApartOnce() {
        BodyMembers members = new BodyMembers(json);

        assertThat(members.of(json.constructType(Order.class)))
                .isSameAs(members.of(json.constructType(Order.class)))
                .containsOnlyKeys("name", "count", "rank", "size", "delay", "payload", "lines");
    }

    private JsonNode check(String body) throws JsonProcessingException {
        JsonNode tree = json.readTree(body);
        form.check(tree, json.constructType(Order.class), "");
        return tree;
    }
}
