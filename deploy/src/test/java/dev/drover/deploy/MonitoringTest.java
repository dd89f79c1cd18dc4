package dev.drover.deploy;

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

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

/** Alerts and dashboard ask for metrics that exist, by the catalogue the services' own tests are compared with. */
class MonitoringTest {

    private static final Path MONITORING = Repository.DEPLOY.resolve("components/monitoring");
    private static final Path OPERATIONS = Repository.HOME.resolve("docs/operations");

    /** A row of a table: the meter's name and its type. */
    private static final Pattern ROW =
            Pattern.compile("^\\| `([a-z_.]+)` \\| (timer|counter|gauge|summary) \\|", Pattern.MULTILINE);

    /** What a row says of a name that does not follow from the meter's. */
    private static final Pattern SAID = Pattern.compile("In Prometheus `([a-z_]+)`");

    /** A word that a selector or a range follows, or that a function takes: no keyword, label or function. */
    private static final Pattern METRIC =
            Pattern.compile("\\b((?:drover|http|jvm|process|redis|up|kube|container)_[a-z0-9_]+)\\b");

    /** Of Micrometer's own; the catalogue names them as a whole. */
    private static final Set<String> OF_THE_RUNTIME = Set.of("process_cpu_usage", "jvm_memory_used_bytes");

    /** In braces, or of what an alert is about; and what a sum is by. */
    private static final Pattern LABEL = Pattern.compile("[{,] ?([a-z_]+)[=!]~?\"|\\$labels\\.([a-z_]+)");

    private static final Pattern GROUPED = Pattern.compile("by \\(([a-z_, ]+)\\)");
    private static final Pattern TAGS = Pattern.compile("^\\| `[a-z_.]+` \\| [a-z]+ \\|([^|]*)\\|", Pattern.MULTILINE);
    private static final Pattern QUOTED = Pattern.compile("`([a-z_]+)`");

    /** Of the pod a PodMonitor found, of the JVM's memory, and the tag that every meter has. */
    private static final Set<String> OF_THE_SCRAPER = Set.of("pod", "namespace", "area", "service");

    @Test
    void everyMetricAnAlertAsksForIsInTheCatalogue() throws IOException {
        List<String> expressions = new ArrayList<>();
        rules().forEach(rule -> expressions.add(rule.path("expr").asText()));

        assertThat(metrics(expressions)).isNotEmpty().isSubsetOf(catalogue());
    }

    /** A selector or a grouping by a tag that is not there is never true, and says nothing. */
    @Test
    void everyLabelAnAlertOrThePanelOfADashboardAsksForIsATagOfTheCatalogueOrTheScrapersOwn() throws IOException {
        List<String> expressions = new ArrayList<>();
        rules().forEach(rule -> expressions.add(rule.path("expr").asText() + " "
                + rule.at("/annotations/summary").asText()));
        JsonNode dashboard =
                new ObjectMapper().readTree(MONITORING.resolve("drover.json").toFile());
        dashboard.findValuesAsText("expr").forEach(expressions::add);
        Set<String> asked = new TreeSet<>();
        for (String expression : expressions) {
            LABEL.matcher(expression)
                    .results()
                    .forEach(found -> asked.add(found.group(1) == null ? found.group(2) : found.group(1)));
            GROUPED.matcher(expression)
                    .results()
                    .forEach(found -> asked.addAll(List.of(found.group(1).split(" *, *"))));
        }

        Set<String> known = new TreeSet<>(OF_THE_SCRAPER);
        TAGS.matcher(Files.readString(OPERATIONS.resolve("metrics.md")))
                .results()
                .forEach(row -> QUOTED.matcher(row.group(1)).results().forEach(tag -> known.add(tag.group(1))));
        assertThat(asked).hasSizeGreaterThan(4).isSubsetOf(known);
    }

    @Test
    void everyMetricOfTheDashboardIsInTheCatalogue() throws IOException {
        JsonNode dashboard =
                new ObjectMapper().readTree(MONITORING.resolve("drover.json").toFile());
        List<String> expressions = new ArrayList<>();
        dashboard.path("panels").forEach(panel -> panel.path("targets")
                .forEach(target -> expressions.add(target.path("expr").asText())));
        expressions.add(dashboard.at("/templating/list/1/query/query").asText());

        assertThat(metrics(expressions)).hasSizeGreaterThan(10).isSubsetOf(catalogue());
    }

    @Test
    void everyMetricAnAutoscalerAsksForIsInTheCatalogue() throws IOException {
        List<String> names = new ArrayList<>();
        for (String file : List.of("latency.yaml", "sockets.yaml")) {
            ManifestYaml.read(Repository.DEPLOY
                            .resolve("components/autoscale-latency")
                            .resolve(file))
                    .getFirst()
                    .at("/spec/metrics")
                    .forEach(metric ->
                            names.add(metric.at("/external/metric/name").asText()));
        }
        names.removeIf(String::isEmpty);

        assertThat(names).hasSize(2);
        assertThat(catalogue()).containsAll(names);
    }

    @Test
    void everyAlertHasItsRunbook() throws IOException {
        String runbooks = Files.readString(OPERATIONS.resolve("runbooks.md"));
        List<String> names = new ArrayList<>();
        rules().forEach(rule -> {
            String name = rule.path("alert").asText();
            names.add(name);
            assertThat(rule.at("/annotations/runbook").asText())
                    .isEqualTo("docs/operations/runbooks.md#" + name.toLowerCase(java.util.Locale.ROOT));
            assertThat(rule.at("/labels/severity").asText()).isIn("critical", "warning");
        });
        List<String> headings = runbooks.lines()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3))
                .toList();

        assertThat(headings).containsExactlyElementsOf(names);
    }

    private static JsonNode rules() throws IOException {
        return ManifestYaml.read(MONITORING.resolve("alerts.yaml")).getFirst().at("/spec/groups/0/rules");
    }

    private static Set<String> metrics(List<String> expressions) {
        Set<String> found = new TreeSet<>();
        for (String expression : expressions) {
            Matcher matcher = METRIC.matcher(expression.replaceAll("\"[^\"]*\"", ""));
            while (matcher.find()) {
                found.add(matcher.group(1));
            }
        }
        return found;
    }

    private static Set<String> catalogue() throws IOException {
        Set<String> names = new TreeSet<>(OF_THE_RUNTIME);
        Matcher row = ROW.matcher(Files.readString(OPERATIONS.resolve("metrics.md")));
        while (row.find()) {
            String name = row.group(1).replace('.', '_');
            switch (row.group(2)) {
                case "timer" ->
                    names.addAll(List.of(name + "_seconds_count", name + "_seconds_sum", name + "_seconds_max"));
                case "counter" -> names.add(name + "_total");
                default -> names.add(name);
            }
        }
        Matcher said = SAID.matcher(Files.readString(OPERATIONS.resolve("metrics.md")));
        while (said.find()) {
            names.add(said.group(1));
        }
        assertThat(names).as("the catalogue was read").hasSizeGreaterThan(20);
        return names;
    }
}
