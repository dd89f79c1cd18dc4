package dev.drover.auth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import io.quarkus.runtime.configuration.ConfigurationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.drover.auth.TestPem;
import dev.drover.testing.MutableClock;

class SigningKeysTest {

    private static final Duration MAX_AGE = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-02T03:04:05Z"));
    private SigningKeys keys;

    @BeforeEach
    void mount() throws IOException {
        write(TestPem.privateKey(TestPem.generate()));
        Files.writeString(folder.resolve("data.key"), TestPem.dataKey());
        keys = new SigningKeys(new KeyFolder(folder), MAX_AGE, clock);
    }

    @Test
    void aChangedFolderIsSeenWhenTheCopyIsOldEnough() throws IOException {
        KeyRing first = keys.current();
        write(TestPem.privateKey(TestPem.generate()));
        clock.advance(MAX_AGE.minusMillis(1));
        assertThat(keys.isStale()).isFalse();
        assertThat(keys.current()).isSameAs(first);
        clock.advance(Duration.ofMillis(1));
        assertThat(keys.isStale()).isTrue();
        assertThat(keys.current().signing().id()).isNotEqualTo(first.signing().id());
        assertThat(keys.isStale()).isFalse();
    }

    @Test
    void aFolderThatCannotBeReadLeavesTheKeysAsTheyAre() throws IOException {
        KeyRing first = keys.current();
        write("half wri");
        clock.advance(MAX_AGE);
        assertThat(keys.current()).isSameAs(first);
    }

    @Test
    void aRotationRefusesNoValidToken() throws IOException {
        KeyRing before = keys.current();
        Files.move(folder.resolve("current.pem"), folder.resolve("previous.pem"));
        write(TestPem.privateKey(TestPem.generate()));
        clock.advance(MAX_AGE);
        assertThat(keys.current().verifying(before.signing().id())).isPresent();
    }

    @Test
    void withoutAKeyTheServiceDoesNotStart() throws IOException {
        Files.delete(folder.resolve("current.pem"));
        assertThatThrownBy(() -> keys.start(null))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("JWT_KEYS");
    }

    private void write(String pem) throws IOException {
        Files.writeString(folder.resolve("current.pem"), pem);
    }
}
