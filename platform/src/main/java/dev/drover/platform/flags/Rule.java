package dev.drover.platform.flags;

import java.util.List;
import java.util.Optional;

/**
 * The variant for whom all conditions are true. Rules are asked in order, and the first that holds decides.
 *
 * @param name shown in the metadata of an evaluation
 */
public record Rule(Optional<String> name, List<Condition> when, String variant) {

    public Rule {
        when = List.copyOf(when);
    }

    boolean isByShare() {
        return when.stream().anyMatch(Condition.Share.class::isInstance);
    }
}
