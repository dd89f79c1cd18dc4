package dev.drover.platform.flags;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of semantic versions: comparators such as {@code >=1.4.0 <2.0.0}, all of which hold. Order and precedence of pre-releases are those of
 * semver.org 2.0; what follows a {@code +} does not count.
 */
public final class VersionRange {

    private static final int TEXT_MAX = 200;
    private static final int COMPARATORS_MAX = 10;
    private static final Pattern COMPARATOR = Pattern.compile("(>=|<=|>|<|=)?(\\S+)");
    private static final Pattern VERSION = Pattern.compile(
            "(0|[1-9]\\d{0,17})\\.(0|[1-9]\\d{0,17})\\.(0|[1-9]\\d{0,17})(?:-([0-9A-Za-z.-]{1,100}))?(?:\\+[0-9A-Za-z.-]{1,100})?");
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private final String text;
    private final List<Comparator> comparators;

    private VersionRange(String text, List<Comparator> comparators) {
        this.text = text;
        this.comparators = List.copyOf(comparators);
    }

    private record Comparator(String operator, SemanticVersion bound) {

        boolean holds(SemanticVersion version) {
            int order = version.compareTo(bound);
            return switch (operator) {
                case ">=" -> order >= 0;
                case "<=" -> order <= 0;
                case ">" -> order > 0;
                case "<" -> order < 0;
                default -> order == 0;
            };
        }
    }

    /** Empty when the text is no range. */
    static Optional<VersionRange> parse(String text) {
        if (text.isBlank() || text.length() > TEXT_MAX) {
            return Optional.empty();
        }
        List<Comparator> comparators = new ArrayList<>();
        for (String part : text.strip().split("\\s+")) {
            Matcher comparator = COMPARATOR.matcher(part);
            Optional<SemanticVersion> bound =
                    comparator.matches() ? SemanticVersion.parse(comparator.group(2)) : Optional.empty();
            if (bound.isEmpty()) {
                return Optional.empty();
            }
            comparators.add(new Comparator(comparator.group(1) == null ? "=" : comparator.group(1), bound.get()));
        }
        return comparators.size() > COMPARATORS_MAX
                ? Optional.empty()
                : Optional.of(new VersionRange(text, comparators));
    }

    /** False for what is no semantic version. */
    boolean contains(String version) {
        return SemanticVersion.parse(version)
                .filter(known -> comparators.stream().allMatch(comparator -> comparator.holds(known)))
                .isPresent();
    }

    @Override
    public String toString() {
        return text;
    }

    private record SemanticVersion(long major, long minor, long patch, List<String> preRelease)
            implements Comparable<SemanticVersion> {

        static Optional<SemanticVersion> parse(String text) {
            Matcher version = VERSION.matcher(text);
            if (!version.matches()) {
                return Optional.empty();
            }
            return Optional.of(new SemanticVersion(
                    Long.parseLong(version.group(1)),
                    Long.parseLong(version.group(2)),
                    Long.parseLong(version.group(3)),
                    version.group(4) == null
                            ? List.of()
                            : List.of(version.group(4).split("\\."))));
        }

        @Override
        public int compareTo(SemanticVersion other) {
            int order = Long.compare(major, other.major);
            order = order == 0 ? Long.compare(minor, other.minor) : order;
            order = order == 0 ? Long.compare(patch, other.patch) : order;
            return order == 0 ? comparePreReleases(preRelease, other.preRelease) : order;
        }

        private static int comparePreReleases(List<String> one, List<String> other) {
            if (one.isEmpty() || other.isEmpty()) {
                // A release comes after its pre-releases.
                return Boolean.compare(one.isEmpty(), other.isEmpty());
            }
            for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
                int order = compareIdentifiers(one.get(i), other.get(i));
                if (order != 0) {
                    return order;
                }
            }
            return Integer.compare(one.size(), other.size());
        }

        private static int compareIdentifiers(String one, String other) {
            boolean isNumber = NUMBER.matcher(one).matches();
            boolean isOtherNumber = NUMBER.matcher(other).matches();
            if (isNumber && isOtherNumber) {
                return new BigInteger(one).compareTo(new BigInteger(other));
            }
            return isNumber == isOtherNumber ? one.compareTo(other) : Boolean.compare(isOtherNumber, isNumber);
        }
    }
}
