package dev.drover.lab.prove.audit;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import dev.drover.lab.prove.ledger.Entry;
import dev.drover.lab.prove.ledger.Entry.Kind;

/**
 * The effect of a job is counted outside the queue, by the workers whose word was taken: one for each job, of one lease; and no word is taken
 * from a worker whose lease was over when it began to say it.
 */
final class EffectsAudit implements Auditor {
    /** What hands ask for. */
    private static final long LEASE_MILLIS = 4_000;

    @Override
    public String id() {
        return "J-2, J-3, J-4";
    }

    @Override
    public String invariant() {
        return "a job's effect counts once, and a worker without lease changes nothing";
    }

    /** Of one job. */
    private static final class Runs {
        private final Map<Long, Long> leasedAt = new HashMap<>();
        private final Set<Long> completed = new HashSet<>();
        private boolean perhaps;
        private long newestToken = -1;
        private long accepted;
    }

    @Override
    public void audit(Inquiry inquiry, Findings findings) {
        Map<String, Runs> jobs = new HashMap<>();
        inquiry.ledger().read(EnumSet.of(Kind.JOB_ACCEPTED, Kind.JOB_LEASED, Kind.JOB_ENDED), entry -> {
            String id = entry.what().getString("id");
            if (id != null) {
                enter(jobs.computeIfAbsent(id, unseen -> new Runs()), id, entry, findings);
            }
        });
        jobs.forEach((id, runs) -> {
            findings.checked();
            if (runs.accepted > 0 && runs.completed.isEmpty() && !runs.perhaps) {
                findings.late(runs.accepted, "the effect of " + id + " has not been counted", "");
            }
        });
    }

    private static void enter(Runs runs, String id, Entry entry, Findings findings) {
        switch (entry.kind()) {
            case JOB_ACCEPTED -> {
                if (entry.isAcknowledged()) {
                    runs.accepted = entry.sequence();
                }
            }
            case JOB_LEASED -> leased(runs, id, entry, findings);
            default -> ended(runs, id, entry, findings);
        }
    }

    private static void leased(Runs runs, String id, Entry entry, Findings findings) {
        long token = entry.what().getLong("token");
        if (runs.leasedAt.putIfAbsent(token, entry.atMillis()) != null) {
            findings.duplicated(entry.sequence(), "the lease " + token + " of " + id + " was given twice", "");
        }
        runs.newestToken = Math.max(runs.newestToken, token);
    }

    private static void ended(Runs runs, String id, Entry entry, Findings findings) {
        if (!entry.what().getString("word").equals("complete")) {
            return;
        }
        if (entry.isUnknown() || entry.what().getBoolean("unsure", false)) {
            runs.perhaps = true;
            return;
        }
        if (!entry.isAcknowledged()) {
            return;
        }
        long token = entry.what().getLong("token");
        findings.checked();
        runs.completed.add(token);
        String by = entry.what().getString("by");
        if (runs.completed.size() > 1) {
            findings.duplicated(entry.sequence(), "the effect of " + id + ", by the leases " + runs.completed, by);
        } else if (entry.what().getLong("began") - runs.leasedAt.getOrDefault(token, Long.MAX_VALUE / 2)
                > LEASE_MILLIS) {
            findings.duplicated(
                    entry.sequence(), "the word on " + id + " was taken after its lease " + token + " was over", by);
        }
    }
}
