package dev.drover.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the pages name is there: other pages and their headings, commands of {@code ./drover}, and tests. */
class DocumentsTest {

    private static final Set<String> NOT_OURS = Set.of("target", "node_modules");
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:|mailto:)([^)#\\s]*)(?:#([^)\\s]+))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^```.*?^```");
    private static final Pattern COMMAND = Pattern.compile("\\./drover ([a-z][a-z0-9-]*)");
    private static final Pattern COMMAND_OF_THE_SCRIPT = Pattern.compile("(?m)^    ([a-z0-9 |-]+)\\)");
    private static final Pattern NAMED_TEST =
            Pattern.compile("`([A-Z]\\w*[a-z](?:Test|IT|Trial|Contract|Catalogue|Rules))(?:\\.(\\w+))?`");

    private static final Map<Path, String> PAGES = new HashMap<>();
    private static final Map<String, String> SOURCES = new HashMap<>();

    @BeforeAll
    static void read() throws IOException {
        Files.walkFileTree(Repository.HOME, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = folder.getFileName().toString();
                boolean isHidden = name.startsWith(".") && !folder.equals(Repository.HOME);
                return isHidden || NOT_OURS.contains(name) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String name = file.getFileName().toString();
                if (name.endsWith(".md")) {
                    PAGES.put(file, Files.readString(file));
                } else if (name.endsWith(".java")) {
                    // Some names are those of tests of several services.
                    SOURCES.merge(name.replace(".java", ""), Files.readString(file), String::concat);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        assertThat(PAGES).hasSizeGreaterThan(50);
    }

    @Test
    void everyLinkLeadsToAPageAndItsHeading() {
        List<String> dead = new ArrayList<>();
        PAGES.forEach((page, text) -> prose(text).forEach(link -> {
            Path target = link.group(1).isEmpty()
                    ? page
                    : page.resolveSibling(link.group(1)).normalize();
            String heading = link.group(2);
            if (!Files.exists(target)) {
                dead.add(page + ": " + link.group());
            } else if (heading != null
                    && PAGES.containsKey(target)
                    && !headings(PAGES.get(target)).contains(heading)) {
                dead.add(page + ": " + link.group());
            }
        }));
        assertThat(dead).isEmpty();
    }

    private static List<MatchResult> prose(String text) {
        return LINK.matcher(CODE_BLOCK.matcher(text).replaceAll("")).results().toList();
    }

    /** As pages are shown: lower case, without punctuation, hyphens for spaces. */
    private static Set<String> headings(String text) {
        Set<String> anchors = new HashSet<>();
        HEADING.matcher(CODE_BLOCK.matcher(text).replaceAll(""))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("]\\([^)]*\\)", "")
                        .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                        .replace(' ', '-'))
                .forEach(anchors::add);
        return anchors;
    }

    @Test
    void everyCommandIsOneOfTheScript() throws IOException {
        Set<String> known = new HashSet<>();
        String script = Files.readString(Repository.HOME.resolve("drover"));
        COMMAND_OF_THE_SCRIPT
                .matcher(script.substring(script.indexOf("main() {")))
                .results()
                .forEach(commands -> known.addAll(List.of(commands.group(1).split(" \\| "))));
        assertThat(known).contains("up", "tour", "e2e", "help");

        PAGES.forEach((page, text) -> assertThat(COMMAND.matcher(text).results().map(command -> command.group(1)))
                .as("%s", page)
                .isSubsetOf(known));
    }

    @Test
    void everyTestThatIsNamedIsThere() {
        List<String> missing = new ArrayList<>();
        PAGES.forEach((page, text) -> NAMED_TEST.matcher(text).results().forEach(test -> {
            String source = SOURCES.get(test.group(1));
            boolean isThere =
                    source != null && (test.group(2) == null || source.contains("void " + test.group(2) + "("));
            if (!isThere) {
                missing.add(page + ": " + test.group());
            }
        }));
        assertThat(missing).isEmpty();
    }
}
