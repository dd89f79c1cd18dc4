package dev.drover.realtime.channel;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.drover.platform.channels.ChannelName;
import dev.drover.platform.channels.ChannelPattern;

/** What an operator says about who may do what, by pattern. The first pattern that matches decides; what it does not name nobody may. */
public record ChannelRules(List<Rule> rules) {

    public static final String EXPECTATION =
            "<pattern> <verb>[=members] ..., rules separated by ;, verbs read, publish, history and presence, such as"
                    + " room:** read=members publish=members; public:** read history";

    public static final ChannelRules DEFAULT =
            parse("user:{sub}:events read history; user:{sub}:events:** read history;"
                    + " user:{sub}:** read publish history presence;"
                    + " public:** read publish history presence;"
                    + " room:** read=members publish=members history=members presence=members");

    private static final int RULES_MAX = 64;

    /** Who may. */
    public enum Who {
        EVERYONE,
        MEMBERS
    }

    public ChannelRules {
        rules = List.copyOf(rules);
        if (rules.size() > RULES_MAX) {
            throw new IllegalArgumentException("there are at most " + RULES_MAX + " rules of channels");
        }
    }

    /** Found by the configuration as the converter of this type. */
    public static ChannelRules parse(CharSequence text) {
        List<Rule> rules = new ArrayList<>();
        for (String rule : text.toString().split(";")) {
            String[] words = rule.strip().split(" +");
            Map<Verb, Who> grants = new EnumMap<>(Verb.class);
            for (int i = 1; i < words.length; i++) {
                Matcher form = Rule.GRANT.matcher(words[i]);
                if (!form.matches()) {
                    throw new IllegalArgumentException("must be " + EXPECTATION);
                }
                grants.put(
                        Verb.valueOf(form.group(1).toUpperCase(Locale.ROOT)),
                        form.group(2) == null ? Who.EVERYONE : Who.MEMBERS);
            }
            rules.add(new Rule(ChannelPattern.parse(words[0]), grants));
        }
        return new ChannelRules(rules);
    }

    public static boolean isValid(String text) {
        try {
            parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Who may do this on the channel, as far as its name tells; empty for nobody. */
    Optional<Who> who(Verb verb, ChannelName channel, String sub) {
        return rules.stream()
                .filter(rule -> rule.pattern().matches(channel, sub))
                .findFirst()
                .map(rule -> rule.grants().get(verb));
    }

    /** Whether its members decide about anything on the channel. */
    boolean hasMembers(ChannelName channel) {
        return rules.stream()
                .filter(rule -> rule.pattern().matches(channel, ""))
                .findFirst()
                .filter(rule -> rule.grants().containsValue(Who.MEMBERS))
                .isPresent();
    }

    /** One pattern and who may do what on its channels. */
    public record Rule(ChannelPattern pattern, Map<Verb, Who> grants) {

        private static final Pattern GRANT = Pattern.compile("(read|publish|history|presence)(=members)?");

        public Rule {
            grants = Map.copyOf(grants);
        }
    }
}
