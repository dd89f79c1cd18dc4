package dev.drover.platform.flags;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All flags as they stood after some change.
 *
 * @param revision how many changes there had been
 * @param faulty   flags this version of the code cannot read, with the reason
 */
public record FlagSnapshot(long revision, SortedMap<String, Flag> flags, Map<String, String> faulty) {

    /** Before the first answer of Redis. */
    static final FlagSnapshot NONE = new FlagSnapshot(-1, new TreeMap<>(), Map.of());

    public boolean isLoaded() {
        return revision >= 0;
    }

    public Optional<Flag> flag(String key) {
        return Optional.ofNullable(flags.get(key));
    }
}
