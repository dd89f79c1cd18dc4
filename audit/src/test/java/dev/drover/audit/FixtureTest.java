package dev.drover.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.drover.audit.rule.Rule;
import dev.drover.audit.rule.Rules;

/** Every rule has a fixture whose comments say which findings it has in which lines, and a clean twin that has none. */
class FixtureTest {

    private static final Path SOURCES = Path.of("src/test/java/dev/drover/audit/fixture");
    private static final Path CLASSES = Path.of("target/test-classes/dev/drover/audit/fixture");
    private static final Pattern EXPECTED = Pattern.compile("// finding: (\\S+)( without line)?$");

    static List<String> fixtures() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.endsWith("Stateful.java"))
                    .map(file -> SOURCES.relativize(file.getParent()).toString())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void eachFindingOfAFixtureIsSeenInItsLineAndNothingElseIs(String fixture) throws IOException {
        assertThat(found(fixture, "Stateful")).containsExactlyInAnyOrderElementsOf(expected(fixture));
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void theCleanTwinHasNoFinding(String fixture) {
        assertThat(found(fixture, "Clean")).isEmpty();
    }

    @Test
    void everyRuleHasAFixture() throws IOException {
        Set<String> covered = new TreeSet<>();
        for (String fixture : fixtures()) {
            expected(fixture).forEach(finding -> covered.add(finding.split(" ")[0]));
        }
        assertThat(covered)
                .containsExactlyInAnyOrderElementsOf(
                        Rules.ALL.stream().map(Rule::id).toList());
    }

    @Test
    void everyLineOfTheChecklistHasAFixture() throws IOException {
        Set<ChecklistItem> covered = fixtures().stream()
                .flatMap(fixture -> audit(fixture, "Stateful").findings().stream())
                .map(Finding::item)
                .collect(Collectors.toSet());

        assertThat(covered).containsExactlyInAnyOrder(ChecklistItem.values());
    }

    private static List<String> found(String fixture, String name) {
        return audit(fixture, name).findings().stream()
                .map(finding -> finding.rule() + " " + finding.line())
                .toList();
    }

    private static AuditResult audit(String fixture, String name) {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(location -> location.matches(Pattern.compile(".*/" + name + "(\\$.*)?\\.class")))
                .importPath(CLASSES.resolve(fixture));
        assertThat(classes).as("classes of the fixture").isNotEmpty();
        return Audit.with(AuditSettings.DEFAULT).of(classes);
    }

    private static List<String> expected(String fixture) throws IOException {
        List<String> lines = Files.readAllLines(SOURCES.resolve(fixture).resolve("Stateful.java"));
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Matcher comment = EXPECTED.matcher(lines.get(i));
            if (comment.find()) {
                expected.add(comment.group(1) + " " + (comment.group(2) == null ? i + 1 : 0));
            }
        }
        return expected;
    }
}
