package dev.drover.jobs.schedule;

/** Where schedules live: all under one hash tag, so that a claim and the jobs it leaves are one step. They are few and tick seldom. */
final class ScheduleKeys {

    static final String RECORDS = key("records");
    static final String DUE = key("due");
    static final String NAMES = key("names");
    static final String OUTBOX = key("outbox");

    private ScheduleKeys() {}

    static String history(ScheduleName name) {
        return key("history:" + name);
    }

    private static String key(String name) {
        return "drover:{schedules}:" + name;
    }
}
