package dev.drover.platform.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

/** What is compared by hand is what the pattern says, which the API's description has. */
class NamesTest {

    private static final String LETTERS = "aabz09-..A _:é\n";

    @Test
    void aQueuesNameIsWhatItsPatternSays() {
        compare(QueueName.PATTERN, QueueName::isName, 40);
    }

    @Test
    void aTypeIsWhatItsPatternSays() {
        compare(NewJob.TYPE_PATTERN + "(?<=^.{1,64})", NewJob::isType, 70);
        assertThat(NewJob.isType("a".repeat(64))).isTrue();
        assertThat(NewJob.isType("a".repeat(65))).isFalse();
        assertThat(NewJob.isType("report.build-2.x")).isTrue();
        assertThat(NewJob.isType("re-port")).as("a hyphen in the first word").isFalse();
    }

    private static void compare(String pattern, Predicate<String> byHand, int longest) {
        Pattern form = Pattern.compile(pattern);
        Random random = new Random(7);
        List<String> texts = new ArrayList<>(List.of("", "a", "a.", ".a", "a..b", "a.b", "a-", "-a", "a.1", "1.a"));
        for (int i = 0; i < 20_000; i++) {
            // Some are of good letters only, or long ones would never be taken.
            int known = 4 + random.nextInt(LETTERS.length() - 3);
            int length = random.nextInt(i % 2 == 0 ? 6 : longest);
            texts.add(random.ints(length, 0, known)
                    .mapToObj(at -> LETTERS.substring(at, at + 1))
                    .reduce("", String::concat));
        }
        assertThat(texts).allSatisfy(text -> assertThat(byHand.test(text))
                .as(text)
                .isEqualTo(form.matcher(text).matches()));
        assertThat(texts.stream().filter(byHand).count()).isBetween(1_000L, 19_000L);
    }
}
