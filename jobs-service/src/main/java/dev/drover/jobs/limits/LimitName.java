package dev.drover.jobs.limits;

/** The name of a limit that several queues share. */
public record LimitName(String value) {

    static final String PATTERN = "[a-z][a-z0-9-]{0,62}";

    /** The same for people. */
    static final String EXPECTED = "must be 1 to 63 of a-z 0-9 - and begin with a letter";

    public LimitName {
        if (!value.matches(PATTERN)) {
            throw new IllegalArgumentException("a limit's name " + EXPECTED + ": " + value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
