package dev.drover.jobs.demo;

import java.util.regex.Pattern;

/** A counter of an account's, by its name. */
record Counter(String owner, String name) {

    static final String NAME_PATTERN = "[a-z0-9][a-z0-9-]{0,63}";
    static final String NAME_EXPECTED = "must be 1 to 64 of a-z 0-9 -, not beginning with -";

    private static final Pattern NAME_FORM = Pattern.compile(NAME_PATTERN);

    Counter {
        if (!NAME_FORM.matcher(name).matches()) {
            throw new IllegalArgumentException("a counter's name " + NAME_EXPECTED + ": " + name);
        }
    }
}
