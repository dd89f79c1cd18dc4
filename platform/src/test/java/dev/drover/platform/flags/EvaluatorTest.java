package dev.drover.platform.flags;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluatorTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void withoutRulesEverybodyGetsTheDefault() {
        assertThat(resolved(flag("[]"), "{}"))
                .extracting(Evaluation.Resolved::variant, Evaluation.Resolved::reason)
                .containsExactly("off", Evaluation.Reason.STATIC);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"attribute":"plan","equals":"premium"}       | {"plan":"premium"}        | true
            {"attribute":"plan","equals":"premium"}       | {"plan":"Premium"}        | false
            {"attribute":"plan","equals":"premium"}       | {}                        | false
            {"attribute":"age","equals":18}               | {"age":18.0}              | true
            {"attribute":"age","equals":18}               | {"age":"18"}              | false
            {"attribute":"staff","equals":true}           | {"staff":true}            | true
            {"attribute":"country","in":["CA","DE"]}      | {"country":"DE"}          | true
            {"attribute":"country","in":["CA","DE"]}      | {"country":"D"}           | false
            {"attribute":"mail","startsWith":"ada@"}      | {"mail":"ada@example.org"}| true
            {"attribute":"mail","startsWith":"ada@"}      | {"mail":7}                | false
            {"attribute":"app","semver":">=1.4.0 <2.0.0"} | {"app":"1.10.0"}          | true
            {"attribute":"app","semver":">=1.4.0 <2.0.0"} | {"app":"2.0.0"}           | false
            {"attribute":"app","semver":">=1.4.0"}        | {"app":"1.4.0-rc.1"}      | false
            {"attribute":"app","semver":">1.4.0-rc.2"}    | {"app":"1.4.0-rc.10"}     | true
            {"attribute":"app","semver":">1.4.0-9"}       | {"app":"1.4.0-a"}         | true
            {"attribute":"app","semver":"1.4.0"}          | {"app":"1.4.0+build.7"}   | true
            {"attribute":"app","semver":"1.4.0"}          | {"app":"1.4"}             | false
            {"from":"2026-11-21T12:00:00Z"}               | {}                        | true
            {"until":"2026-11-21T12:00:00Z"}              | {}                        | false
            {"from":"2026-11-01T00:00:00Z","until":"2026-12-01T00:00:00Z"} | {}       | true
            {"attribute":"targetingKey","equals":"ada"}   | {"targetingKey":"ada"}    | true
            """)
    void aConditionIsTrueOrNot(String condition, String context, boolean expected) {
        Evaluation.Resolved resolved = resolved(flag("[{\"when\":[" + condition + "],\"variant\":\"on\"}]"), context);
        assertThat(resolved.reason())
                .isEqualTo(expected ? Evaluation.Reason.TARGETING_MATCH : Evaluation.Reason.DEFAULT);
        assertThat(resolved.variant()).isEqualTo(expected ? "on" : "off");
    }

    @Test
    void theFirstRuleWhoseConditionsAreAllTrueDecides() {
        Flag flag = flag("""
                [{"when":[{"attribute":"a","equals":1},{"attribute":"b","equals":1}],"variant":"on"},
                 {"name":"second","when":[{"attribute":"a","equals":1}],"variant":"third"},
                 {"when":[{"attribute":"a","equals":1}],"variant":"on"}]""");
        assertThat(resolved(flag, "{\"a\":1}").variant()).isEqualTo("third");
        assertThat(resolved(flag, "{\"a\":1}").rule()).contains("second");
        assertThat(resolved(flag, "{\"a\":1,\"b\":1}").rule()).contains("1");
    }

    /** Attacks F-5. */
    @Test
    void aShareIsStableNearItsSizeAndGrowsByWhomItAdds() {
        Flag ten = flag("[{\"when\":[{\"percentage\":10}],\"variant\":\"on\"}]");
        Flag twenty = flag("[{\"when\":[{\"percentage\":20}],\"variant\":\"on\"}]");
        Flag salted = flag("[{\"when\":[{\"percentage\":10,\"salt\":\"other\"}],\"variant\":\"on\"}]");
        int[] users = IntStream.range(0, 20_000).toArray();
        long inTen = IntStream.of(users).filter(user -> isOn(ten, user)).count();
        assertThat(inTen).isBetween(1_800L, 2_200L);
        assertThat(IntStream.of(users).filter(user -> isOn(ten, user))).allMatch(user -> isOn(twenty, user));
        assertThat(IntStream.of(users)
                        .filter(user -> isOn(ten, user) && isOn(salted, user))
                        .count())
                .as("independent of each other")
                .isBetween(120L, 280L);
        assertThat(Evaluator.bucket("new-checkout", "user-1")).as("for ever").isEqualTo(BUCKET_OF_USER_1);
        Flag none = flag("[{\"when\":[{\"percentage\":0}],\"variant\":\"on\"}]");
        Flag all = flag("[{\"when\":[{\"percentage\":100}],\"variant\":\"on\"}]");
        assertThat(IntStream.of(users)).noneMatch(user -> isOn(none, user)).allMatch(user -> isOn(all, user));
    }

    private static final int BUCKET_OF_USER_1 = 10700;

    private static boolean isOn(Flag flag, int user) {
        Evaluation.Resolved resolved = resolved(flag, "{\"targetingKey\":\"user-" + user + "\"}");
        return resolved.reason() == Evaluation.Reason.SPLIT
                && resolved.variant().equals("on");
    }

    @Test
    void aShareWithoutTargetingKeyIsAnErrorOnlyIfItIsAsked() {
        Flag flag = flag("""
                [{"when":[{"attribute":"staff","equals":true}],"variant":"on"},
                 {"when":[{"percentage":50}],"variant":"on"}]""");
        assertThat(resolved(flag, "{\"staff\":true}").variant()).isEqualTo("on");
        for (String context : new String[] {"{}", "{\"targetingKey\":\"\"}", "{\"targetingKey\":null}"}) {
            assertThat(Evaluator.evaluate(flag, json(context), NOW))
                    .isInstanceOfSatisfying(Evaluation.Failed.class, failed -> assertThat(failed.error())
                            .isEqualTo(Evaluation.Error.TARGETING_KEY_MISSING));
        }
    }

    @Test
    void whatIsSwitchedOffOrOutsideItsScheduleIsOffForEverybody() {
        String rules = "\"rules\":[{\"when\":[{\"attribute\":\"a\",\"equals\":1}],\"variant\":\"on\"}]";
        for (String more : new String[] {
            "\"enabled\":false",
            "\"schedule\":{\"from\":\"2026-11-21T12:00:01Z\"}",
            "\"schedule\":{\"until\":\"2026-11-21T12:00:00Z\"}"
        }) {
            Evaluation.Resolved resolved = resolved(document(more + ",\"offVariant\":\"third\"," + rules), "{\"a\":1}");
            assertThat(resolved.variant()).isEqualTo("third");
            assertThat(resolved.reason()).isEqualTo(Evaluation.Reason.DISABLED);
        }
        assertThat(resolved(document("\"enabled\":false," + rules), "{\"a\":1}").variant())
                .as("the default, where nothing else is said")
                .isEqualTo("off");
        assertThat(resolved(document("\"schedule\":{\"from\":\"2026-11-21T12:00:00Z\"}," + rules), "{\"a\":1}")
                        .variant())
                .isEqualTo("on");
    }

    private static Evaluation.Resolved resolved(Flag flag, String context) {
        return (Evaluation.Resolved) Evaluator.evaluate(flag, json(context), NOW);
    }

    private static Flag flag(String rules) {
        return document("\"rules\":" + rules);
    }

    private static Flag document(String more) {
        ObjectNode document = json(
                "{\"type\":\"string\",\"variants\":{\"on\":\"1\",\"off\":\"0\",\"third\":\"3\"},\"defaultVariant\":\"off\","
                        + more + "}");
        FlagDocument.Reading reading = FlagDocument.read("new-checkout", document, 1, NOW);
        assertThat(reading).isInstanceOf(FlagDocument.Reading.Readable.class);
        return ((FlagDocument.Reading.Readable) reading).flag();
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
