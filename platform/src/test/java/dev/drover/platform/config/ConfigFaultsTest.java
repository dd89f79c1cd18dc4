package dev.drover.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.WithDefault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With what SmallRye Config really says, which another version may say otherwise. */
class ConfigFaultsTest {

    enum Colour {
        RED,
        LIGHT_GREEN
    }

    @ConfigMapping(prefix = "some.group")
    public interface Settings {

        @WithDefault("1")
        int hands();

        @WithDefault("1")
        long bytesMax();

        @WithDefault("0.5")
        double ratio();

        @WithDefault("PT1S")
        Duration rest();

        @WithDefault("1K")
        MemorySize body();

        @WithDefault("red")
        Colour colour();

        String needed();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hands | hunter2 | SOME_GROUP_HANDS (some.group.hands) is malformed; expected an integer",
                "bytes-max | hunter2 | SOME_GROUP_BYTES_MAX (some.group.bytes-max) is malformed; expected an integer",
                "ratio | hunter2 | SOME_GROUP_RATIO (some.group.ratio) is malformed; expected a number",
                "rest | hunter2 | SOME_GROUP_REST (some.group.rest) is malformed; expected a duration such as PT2S",
                "body | hunter2 | SOME_GROUP_BODY (some.group.body) is malformed; expected a size such as 64K",
                "colour | hunter2 | SOME_GROUP_COLOUR (some.group.colour) is malformed; expected one of red, light-green",
                "hands | '' | SOME_GROUP_HANDS (some.group.hands) is empty",
                "strange | 1 | SOME_GROUP_STRANGE (some.group.strange) is no setting of this service"
            })
    void whatIsWrongIsSaidOfTheVariableAndWithoutTheValue(String name, String value, String line) {
        assertThat(faults(Map.of("some.group." + name, value, "some.group.needed", "here")))
                .containsExactly(line);
    }

    @Test
    void whatIsMissingIsNamedAndAllFaultsAreSaidAtOnce() {
        assertThat(faults(Map.of("some.group.hands", "hunter2", "some.group.ratio", "")))
                .containsExactlyInAnyOrder(
                        "SOME_GROUP_HANDS (some.group.hands) is malformed; expected an integer",
                        "SOME_GROUP_RATIO (some.group.ratio) is empty",
                        "SOME_GROUP_NEEDED (some.group.needed) is not set");
    }

    @Test
    void whatIsNoFaultOfSettingsIsNone() {
        assertThat(ConfigFaults.of(new IllegalStateException("a port in use"))).isEmpty();
    }

    private static List<String> faults(Map<String, String> properties) {
        return ConfigFaults.of(new RuntimeException(catchThrowable(() -> new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withConverter(MemorySize.class, 200, new MemorySizeConverter())
                .withMapping(Settings.class)
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .addDefaultInterceptors()
                .build())));
    }
}
