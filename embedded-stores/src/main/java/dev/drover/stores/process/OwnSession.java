package dev.drover.stores.process;

import java.util.ArrayList;
import java.util.List;

/** Starts a command outside the terminal's process group: Ctrl-C then reaches only the parent, which stops its children in order. */
final class OwnSession {
    private static final List<String> PREFIX = prefix();

    private OwnSession() {}

    static List<String> wrap(String... command) {
        List<String> wrapped = new ArrayList<>(PREFIX);
        wrapped.addAll(List.of(command));
        return wrapped;
    }

    private static List<String> prefix() {
        if (Programs.find("setsid").isPresent()) {
            return List.of("setsid");
        }
        // macOS has no setsid command, but ships perl.
        if (Programs.find("perl").isPresent()) {
            return List.of("perl", "-e", "setpgrp(0, 0); exec { $ARGV[0] } @ARGV", "--");
        }
        return List.of();
    }
}
