package dev.drover.lab.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaCommandTest {
    @TempDir
    Path home;

    private JavaCommand command;
    private Path application;

    @BeforeEach
    void build() throws IOException {
        application = Service.AUTH.applicationFolder(home);
        for (String jar : List.of(
                "app/auth.jar",
                "lib/boot/boot.jar",
                "lib/main/b.jar",
                "lib/main/a.jar",
                "quarkus/generated-bytecode.jar")) {
            Files.createDirectories(application.resolve(jar).getParent());
            Files.createFile(application.resolve(jar));
        }
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Add-Opens", "java.base/java.lang java.base/java.nio");
        new JarOutputStream(Files.newOutputStream(application.resolve("quarkus-run.jar")), manifest).close();
        command = JavaCommand.of(Service.AUTH, home);
    }

    @Test
    void theClassPathHasOneOrderAndTheManifestsRightsAreKept() {
        List<String> arguments = command.running();

        assertThat(arguments).endsWith("dev.drover.auth.AuthService");
        assertThat(arguments.get(arguments.indexOf("-cp") + 1).split(":"))
                .extracting(jar -> Path.of(jar).getFileName().toString())
                .containsExactly("generated-bytecode.jar", "auth.jar", "boot.jar", "a.jar", "b.jar");
        assertThat(arguments)
                .containsSequence("--add-opens", "java.base/java.lang=ALL-UNNAMED")
                .containsSequence("--add-opens", "java.base/java.nio=ALL-UNNAMED");
    }

    @Test
    void aRecordingIsUsedOnlyWhenItWasMadeFromThisBuild() throws IOException {
        assertThat(command.isRecorded()).isFalse();
        Files.createFile(command.cache());
        assertThat(command.isRecorded()).isTrue();
        assertThat(command.running())
                .anyMatch(flag -> flag.endsWith(command.cache().toString()));

        Files.setLastModifiedTime(command.jar(), FileTime.from(Instant.now().plusSeconds(60)));

        assertThat(command.isRecorded()).isFalse();
        assertThat(command.running())
                .noneMatch(flag -> flag.endsWith(command.cache().toString()));
    }

    @Test
    void theSameFlagsAreUsedForTheRecordingAndWithIt() throws IOException {
        List<String> recording = command.recording();
        Files.createFile(command.cache());

        assertThat(command.running())
                .filteredOn(flag -> !flag.endsWith(command.cache().toString()))
                .isEqualTo(recording.stream()
                        .filter(flag -> !flag.endsWith(command.cache().toString()))
                        .toList());
    }
}
