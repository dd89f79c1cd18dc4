package dev.drover.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.smallrye.config.WithDefault;
import org.junit.jupiter.api.Test;

import dev.drover.auth.AuthService;
import dev.drover.jobs.JobsService;
import dev.drover.media.MediaService;
import dev.drover.platform.config.Variable;
import dev.drover.platform.config.bounds.ConfigBounds;
import dev.drover.platform.config.bounds.DurationMax;
import dev.drover.platform.config.bounds.DurationMin;
import dev.drover.platform.config.bounds.Max;
import dev.drover.platform.config.bounds.Min;
import dev.drover.profile.ProfileService;
import dev.drover.realtime.RealtimeService;

/**
 * The environment contract against the bounds the settings are marked with: what it lets pass and they do not would be told only after all else is right.
 * The contract cannot read them itself, for it is checked before anything is loaded.
 */
class ContractBoundsTest {

    private static final Pattern NAMED = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)[:}].*");

    private static final Map<String, Variable> CONTRACT = Stream.of(
                    AuthService.contract(),
                    ProfileService.contract(),
                    MediaService.contract(),
                    JobsService.contract(),
                    RealtimeService.contract())
            .flatMap(contract -> contract.variables().stream())
            .collect(Collectors.toMap(Variable::name, Function.identity(), (one, same) -> one));

    @Test
    void aVariableHasTheBoundsOfTheSettingItIsFor() {
        List<String> held = new ArrayList<>();
        for (Class<?> mapping : ConfigMappingsTest.classes()) {
            for (Method setting : mapping.getMethods()) {
                WithDefault byDefault = setting.getAnnotation(WithDefault.class);
                Matcher named = NAMED.matcher(byDefault == null ? "" : byDefault.value());
                if (named.matches() && isBounded(setting)) {
                    held.add(named.group(1));
                    hold(CONTRACT.get(named.group(1)), setting);
                }
            }
        }
        assertThat(held).contains("REDIS_TIMEOUT", "REDIS_PIPELINE", "JOBS_QUEUE_MAX", "MEDIA_QUOTA_BYTES");
    }

    /** A console may know no other letters. */
    @Test
    void whatIsExpectedIsSaidInAscii() {
        assertThat(CONTRACT.values()).extracting(Variable::expectation).allMatch(text -> text.matches("[ -~]+"));
    }

    private static boolean isBounded(Method setting) {
        return Stream.of(Min.class, Max.class, DurationMin.class, DurationMax.class)
                .anyMatch(setting::isAnnotationPresent);
    }

    private static void hold(Variable variable, Method setting) {
        assertThat(variable).as("of %s", setting).isNotNull();
        Min least = setting.getAnnotation(Min.class);
        if (least != null) {
            isFirst(variable, "" + least.value(), "" + (least.value() - 1));
        }
        Max most = setting.getAnnotation(Max.class);
        if (most != null) {
            isFirst(variable, "" + most.value(), "" + (most.value() + 1));
        }
        DurationMin shortest = setting.getAnnotation(DurationMin.class);
        if (shortest != null) {
            Duration bound = ConfigBounds.sum(
                    shortest.days(), shortest.hours(), shortest.minutes(), shortest.seconds(), shortest.millis());
            isFirst(variable, bound.toString(), bound.minusMillis(1).toString());
        }
        DurationMax longest = setting.getAnnotation(DurationMax.class);
        if (longest != null) {
            Duration bound = ConfigBounds.sum(
                    longest.days(), longest.hours(), longest.minutes(), longest.seconds(), longest.millis());
            isFirst(variable, bound.toString(), bound.plusMillis(1).toString());
        }
    }

    private static void isFirst(Variable variable, String within, String outside) {
        assertThat(variable.valid().test(within))
                .as("%s=%s", variable.name(), within)
                .isTrue();
        assertThat(variable.valid().test(outside))
                .as("%s=%s", variable.name(), outside)
                .isFalse();
    }
}
