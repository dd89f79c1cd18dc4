package dev.drover.platform.flags;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A flag as its document says; see {@link FlagDocument} for what a document may be.
 *
 * @param enabled    false: its kill switch was thrown, and everybody gets the off variant
 * @param schedule   outside of it everybody gets the off variant
 * @param version    of the set of flags when it was last changed: grows with every change of any flag, so it is never given twice
 */
public record Flag(
        String key,
        FlagType type,
        boolean enabled,
        Map<String, JsonNode> variants,
        String defaultVariant,
        String offVariant,
        List<Rule> rules,
        Optional<Condition.Window> schedule,
        long version,
        Instant updatedAt) {

    public Flag {
        variants = Map.copyOf(variants);
        rules = List.copyOf(rules);
        if (!variants.containsKey(defaultVariant) || !variants.containsKey(offVariant)) {
            throw new IllegalArgumentException("a flag has the variants it names: " + key);
        }
    }

    boolean isOn(Instant time) {
        return enabled && schedule.map(window -> window.contains(time)).orElse(true);
    }
}
