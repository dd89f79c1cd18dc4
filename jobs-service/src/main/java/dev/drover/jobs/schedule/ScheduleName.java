package dev.drover.jobs.schedule;

/** The name of a schedule: a lower-case letter, then up to 62 of a-z 0-9 and hyphen. */
record ScheduleName(String value) {

    static final String PATTERN = "[a-z][a-z0-9-]{0,62}";

    /** The same for people. */
    static final String EXPECTED = "must be 1 to 63 of a-z 0-9 - and begin with a letter";

    ScheduleName {
        if (!value.matches(PATTERN)) {
            throw new IllegalArgumentException("a schedule's name " + EXPECTED + ": " + value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
