package dev.drover.platform.channels;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an operator says about how much channels keep, by pattern; the first that matches counts. */
public record RetentionRules(List<Rule> rules) {

    public static final String EXPECTATION =
            "<pattern> <messages> <age> <bytes>, rules separated by ;, such as room:** 500 PT1H 1M; public:** 50 PT10M 256K";

    private static final int RULES_MAX = 64;
    private static final Pattern FORM = Pattern.compile("(\\S+) +(\\d{1,6}) +(P\\S+) +(\\d{1,10})([KM]?)");

    public RetentionRules {
        rules = List.copyOf(rules);
        if (rules.size() > RULES_MAX) {
            throw new IllegalArgumentException("there are at most " + RULES_MAX + " rules of retention");
        }
    }

    /** Found by the configuration as the converter of this type. */
    public static RetentionRules parse(CharSequence text) {
        List<Rule> rules = new ArrayList<>();
        for (String rule : text.toString().split(";")) {
            Matcher form = FORM.matcher(rule.strip());
            if (!form.matches()) {
                throw new IllegalArgumentException("must be " + EXPECTATION);
            }
            try {
                long unit = form.group(5).isEmpty() ? 1 : form.group(5).equals("K") ? 1 << 10 : 1 << 20;
                rules.add(new Rule(
                        ChannelPattern.parse(form.group(1)),
                        new Retention(
                                Integer.parseInt(form.group(2)),
                                Duration.parse(form.group(3)),
                                Math.multiplyExact(Long.parseLong(form.group(4)), unit))));
            } catch (DateTimeParseException | ArithmeticException e) {
                throw new IllegalArgumentException("must be " + EXPECTATION, e);
            }
        }
        return new RetentionRules(rules);
    }

    public static boolean isValid(String text) {
        try {
            parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    Optional<Retention> of(ChannelName channel) {
        return rules.stream()
                .filter(rule -> rule.pattern().matches(channel, ""))
                .map(Rule::keeps)
                .findFirst();
    }

    /** One pattern and what its channels keep. */
    public record Rule(ChannelPattern pattern, Retention keeps) {}
}
