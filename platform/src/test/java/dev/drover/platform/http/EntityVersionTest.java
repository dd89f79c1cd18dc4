package dev.drover.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.ServiceException;

class EntityVersionTest {

    @Test
    void aTagIsReadAsItWasWritten() {
        EntityVersion version = new EntityVersion(7);

        assertThat(version.toTag().toString()).isEqualTo("\"7\"");
        assertThat(EntityVersion.required("\"7\"")).contains(version);
    }

    @Test
    void aStarMeansAnyVersion() {
        assertThat(EntityVersion.required("*")).isEmpty();
    }

    @Test
    void withoutIfMatchThePreconditionIsMissed() {
        assertThatThrownBy(() -> EntityVersion.required(null))
                .isInstanceOfSatisfying(ServiceException.class, e -> assertThat(e.error())
                        .isEqualTo(PlatformError.PRECONDITION_REQUIRED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "W/\"7\"", "\"7\", \"8\"", "\"x\"", "\"\"", "\"9999999999999999999\""})
    void anythingElseIsNoTagOfOurs(String ifMatch) {
        assertThatThrownBy(() -> EntityVersion.required(ifMatch))
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        e -> assertThat(e.violations()).extracting("pointer").containsExactly("If-Match"));
    }
}
