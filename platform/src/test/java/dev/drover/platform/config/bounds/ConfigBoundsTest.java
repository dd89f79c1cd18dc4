package dev.drover.platform.config.bounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigBoundsTest {

    @ConfigMapping(prefix = "bounds")
    public interface Settings {

        @Min(2)
        @Max(5)
        @WithDefault("3")
        int hands();

        @Min(1)
        @WithDefault("${HANDS_FREE:1}")
        int free();

        @Min(0)
        @Max(1)
        @WithDefault("0.5")
        double ratio();

        @DurationMin(seconds = 1, millis = 500)
        @DurationMax(days = 1, hours = 1, minutes = 1)
        @WithDefault("PT2S")
        Duration longestWait();

        @NotEmpty
        @WithDefault("Drover")
        String issuer();

        @NotEmpty
        @EachMatches("[a-z]+/[a-z]+")
        @WithDefault("text/plain,image/png")
        Set<String> types();

        Inner inner();

        interface Common {

            @Min(1)
            @WithDefault("1")
            long bytes();
        }

        interface Inner extends Common {

            @Max(7)
            @WithName("other-name")
            @WithDefault("7")
            long most();
        }
    }

    @Test
    void whatIsWithinItsBoundsIsTaken() {
        assertThatCode(() -> settings(Map.of())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "hands, 2",
        "hands, 5",
        "ratio, 0",
        "ratio, 1",
        "longest-wait, PT1.5S",
        "longest-wait, PT25H1M",
        "inner.bytes, 9007199254740993"
    })
    void aBoundItselfIsWithin(String name, String value) {
        assertThatCode(() -> settings(Map.of("bounds." + name, value))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BOUNDS_HANDS | hands | 1 | at least 2, and is 1",
                "BOUNDS_HANDS | hands | 6 | at most 5, and is 6",
                "BOUNDS_RATIO | ratio | -0.1 | at least 0, and is -0.1",
                "BOUNDS_RATIO | ratio | 1.1 | at most 1, and is 1.1",
                "BOUNDS_LONGEST_WAIT | longest-wait | PT1.499S | at least PT1.5S, and is PT1.499S",
                "BOUNDS_LONGEST_WAIT | longest-wait | PT25H1M0.001S | at most PT25H1M, and is PT25H1M0.001S",
                "BOUNDS_ISSUER | issuer | ' ' | given, and is empty",
                "BOUNDS_TYPES | types | text/plain,Image | a list of what matches [a-z]+/[a-z]+, and has Image",
                "BOUNDS_INNER_BYTES | inner.bytes | 0 | at least 1, and is 0",
                "HANDS_FREE | free | 0 | at least 1, and is 0",
                "BOUNDS_INNER_OTHER_NAME | inner.other-name | 8 | at most 7, and is 8",
            })
    void whatIsOutsideIsNamedWithTheBoundAndTheValue(String variable, String name, String value, String fault) {
        assertThat(faults(Map.of("bounds." + name, value)))
                .containsExactly(variable + " (bounds." + name + ") must be " + fault);
    }

    @Test
    void allThatIsOutsideIsNamedAtOnce() {
        assertThat(faults(Map.of("bounds.hands", "0", "bounds.ratio", "2", "bounds.inner.bytes", "-1")))
                .containsExactly(
                        "BOUNDS_HANDS (bounds.hands) must be at least 2, and is 0",
                        "BOUNDS_INNER_BYTES (bounds.inner.bytes) must be at least 1, and is -1",
                        "BOUNDS_RATIO (bounds.ratio) must be at most 1, and is 2.0");
    }

    private static List<String> faults(Map<String, String> properties) {
        ConfigValidationException refusal =
                catchThrowableOfType(ConfigValidationException.class, () -> settings(properties));
        return IntStream.range(0, refusal.getProblemCount())
                .mapToObj(i -> refusal.getProblem(i).getMessage())
                .toList();
    }

    /** As a service reads its own: the validator is found by its service file. */
    private static Settings settings(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withMapping(Settings.class)
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .addDefaultInterceptors()
                .addDiscoveredCustomizers()
                .build()
                .getConfigMapping(Settings.class);
    }
}
