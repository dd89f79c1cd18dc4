package dev.drover.jobs.digest;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.drover.jobs.job.JobState;
import dev.drover.jobs.queue.QueueCounts;
import dev.drover.jobs.queue.QueueStats;

/** How the queues stand, as a text for people: first those that need somebody. */
record Digest(List<Line> lines) {

    record Line(QueueCounts counts, QueueStats stats) {

        /** Somebody should look: something died, or is paused, or has been waiting for long. */
        boolean needsSomebody(Duration late) {
            return stats.lately().dead() > 0
                    || stats.pausedSince().isPresent()
                    || counts.latency().compareTo(late) > 0;
        }

        boolean isQuiet() {
            Map<JobState, Long> by = counts.byState();
            return stats.lately().succeeded()
                                    + stats.lately().failed()
                                    + stats.lately().dead()
                            == 0
                    && by.get(JobState.WAITING) + by.get(JobState.ACTIVE) + by.get(JobState.SCHEDULED) == 0;
        }

        String text() {
            Map<JobState, Long> by = counts.byState();
            StringBuilder text = new StringBuilder("%s: %d succeeded, %d failed, %d died"
                    .formatted(
                            counts.queue(),
                            stats.lately().succeeded(),
                            stats.lately().failed(),
                            stats.lately().dead()));
            text.append("; now %d waiting, %d scheduled, %d active, %d dead"
                    .formatted(
                            by.get(JobState.WAITING),
                            by.get(JobState.SCHEDULED),
                            by.get(JobState.ACTIVE),
                            by.get(JobState.DEAD)));
            if (counts.latency().isPositive()) {
                text.append("; the next has been waiting for ")
                        .append(counts.latency().toSeconds())
                        .append(" s");
            }
            stats.pausedSince()
                    .ifPresent(since -> text.append("; paused since ").append(since));
            return text.toString();
        }
    }

    Digest {
        lines = List.copyOf(lines);
    }

    String text(Duration period, Duration late) {
        List<String> urgent = lines.stream()
                .filter(line -> line.needsSomebody(late))
                .map(Line::text)
                .toList();
        List<String> well = lines.stream()
                .filter(line -> !line.needsSomebody(late) && !line.isQuiet())
                .map(Line::text)
                .toList();
        StringBuilder text =
                new StringBuilder("The last ").append(period.toHours()).append(" hours.\n");
        section(text, "Somebody should look at", urgent);
        section(text, "All is well with", well);
        if (urgent.isEmpty() && well.isEmpty()) {
            text.append("\nNothing has happened.\n");
        }
        return text.toString();
    }

    long needSomebody(Duration late) {
        return lines.stream().filter(line -> line.needsSomebody(late)).count();
    }

    private static void section(StringBuilder text, String title, List<String> lines) {
        if (!lines.isEmpty()) {
            text.append('\n').append(title).append(":\n");
            lines.forEach(line -> text.append("- ").append(line).append('\n'));
        }
    }
}
