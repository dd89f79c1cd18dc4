package dev.drover.testing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What {@code /q/metrics} answered, in Prometheus's text format. */
public record Metrics(List<Sample> samples) {

    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)(?: #.*)?");
    private static final Pattern TAG = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** One line. */
    public record Sample(String name, Map<String, String> tags, double value) {}

    public static Metrics parse(String text) {
        return new Metrics(text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(Metrics::sample)
                .toList());
    }

    private static Sample sample(String line) {
        Matcher match = SAMPLE.matcher(line);
        if (!match.matches()) {
            throw new IllegalArgumentException("not a sample: " + line);
        }
        Map<String, String> tags = new LinkedHashMap<>();
        Matcher tag = TAG.matcher(Objects.requireNonNullElse(match.group(2), ""));
        while (tag.find()) {
            tags.put(tag.group(1), tag.group(2));
        }
        return new Sample(match.group(1), tags, Double.parseDouble(match.group(3)));
    }

    public Set<String> names() {
        return samples.stream().map(Sample::name).collect(Collectors.toCollection(TreeSet::new));
    }

    public List<Sample> samples(String name) {
        return samples.stream().filter(sample -> sample.name().equals(name)).toList();
    }

    /** The only sample of the name. */
    public double value(String name) {
        List<Sample> found = samples(name);
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " samples of " + name + ": " + found);
        }
        return found.getFirst().value();
    }

    public Set<String> tagsOf(String name) {
        return samples(name).stream()
                .flatMap(sample -> sample.tags().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    public Set<String> values(String name, String tag) {
        return samples(name).stream()
                .map(sample -> sample.tags().get(tag))
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
