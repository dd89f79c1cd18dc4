package dev.drover.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.drover.platform.problem.ErrorCode;
import dev.drover.platform.problem.PlatformError;

/**
 * Compares a service's error codes with docs/errors.md, both ways: clients branch on codes, so each is documented and none is gone
 * unnoticed.
 */
public abstract class ErrorCatalogue {

    /** The heading of the service's section, for example {@code auth-service}. */
    protected abstract String section();

    protected abstract ErrorCode[] codes();

    @Test
    void everyCodeOfTheServiceIsDocumentedAndNoOther() throws IOException {
        assertThat(documented(section())).containsExactlyInAnyOrderElementsOf(rows(codes()));
    }

    @Test
    void everyCodeOfThePlatformIsDocumentedAndNoOther() throws IOException {
        assertThat(documented("Every service")).containsExactlyInAnyOrderElementsOf(rows(PlatformError.values()));
    }

    private static List<String> rows(ErrorCode[] codes) {
        return Stream.of(codes)
                .map(error -> "| `%s` | %d | %s |"
                        .formatted(error.code(), error.kind().status(), error.title()))
                .toList();
    }

    private static List<String> documented(String section) throws IOException {
        Path page = Path.of(System.getProperty("drover.home"), "docs", "errors.md");
        List<String> lines = Files.readAllLines(page);
        int start = lines.indexOf("## " + section);
        assertThat(start).as("docs/errors.md has a section %s", section).isNotNegative();
        return lines.stream()
                .skip(start + 1L)
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| `"))
                .toList();
    }
}
