package dev.drover.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** What ADR 0022 asks of each config mapping, since one that is missed would cost every start and nothing else would show it. */
class ConfigMappingsTest {

    @Test
    void noConfigMappingIsGivenToHibernateValidator() {
        List<Path> mappings = mappings();

        assertThat(mappings).hasSizeGreaterThan(40);
        assertThat(mappings).noneMatch(mapping -> read(mapping)
                .matches("(?s).*import (jakarta\\.validation|org\\.hibernate\\.validator)\\..*"));
    }

    @Test
    void eachMappingWithBoundsCanBeReadByReflectionInANativeExecutable() {
        assertThat(mappings())
                .filteredOn(mapping -> read(mapping).contains("import dev.drover.platform.config.bounds."))
                .hasSizeGreaterThan(40)
                .allMatch(mapping -> {
                    String text = read(mapping);
                    return count(text, "interface ") == count(text, "@RegisterForReflection");
                });
    }

    private static int count(String text, String part) {
        return (int) text.lines()
                .filter(line -> !line.stripLeading().startsWith("*"))
                .filter(line -> line.contains(part))
                .count();
    }

    static List<Class<?>> classes() {
        return mappings().stream().<Class<?>>map(ConfigMappingsTest::loaded).toList();
    }

    private static Class<?> loaded(Path source) {
        String path = source.toString().replace('\\', '/');
        String name = path.substring(path.indexOf("src/main/java/") + "src/main/java/".length());
        try {
            return Class.forName(name.replace(".java", "").replace('/', '.'));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Path> mappings() {
        try (Stream<Path> modules = Files.list(Repository.HOME)) {
            return modules.map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .flatMap(ConfigMappingsTest::files)
                    .filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> read(file).contains("@ConfigMapping("))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> files(Path sources) {
        try {
            return Files.walk(sources);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
