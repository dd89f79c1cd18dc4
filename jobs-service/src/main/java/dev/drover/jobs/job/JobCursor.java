package dev.drover.jobs.job;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Where a page of a queue's jobs ended: at a place, behind a member of it. */
record JobCursor(JobPlace place, String member, String score) {

    private static final int CHARS_MAX = 400;

    static JobCursor start(JobState state) {
        return start(JobPlace.of(state));
    }

    static JobCursor start(JobPlace place) {
        return new JobCursor(place, "", "");
    }

    /** Opaque to clients. */
    String encode() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((place.word() + "\n" + score + "\n" + member).getBytes(StandardCharsets.UTF_8));
    }

    /** Empty when it is no cursor for that state. */
    static Optional<JobCursor> parse(String text, JobState state) {
        return parse(text).filter(cursor -> isOf(cursor.place(), state));
    }

    /** Empty when it is no cursor. */
    static Optional<JobCursor> parse(String text) {
        if (text.length() > CHARS_MAX) {
            return Optional.empty();
        }
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("\n", -1);
            boolean fits = parts.length == 3 && parts[1].matches("[-+.0-9einf]{0,32}");
            return JobPlace.parse(parts[0])
                    .filter(place -> fits)
                    .map(place -> new JobCursor(place, parts[2], parts[1]));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isOf(JobPlace place, JobState state) {
        return place == JobPlace.of(state)
                || JobPlace.of(state).next().filter(place::equals).isPresent();
    }
}
