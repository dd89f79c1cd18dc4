package dev.drover.lab.prove.audit;

import java.time.Instant;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.drover.lab.prove.client.Call;
import dev.drover.lab.prove.client.Reply;
import dev.drover.lab.prove.ledger.Entry.Kind;
import dev.drover.lab.prove.user.Ticks;

/** Between the first tick and the last each fired, with one job, which has ended. */
final class TicksAudit implements Auditor {
    @Override
    public String id() {
        return "J-7";
    }

    @Override
    public String invariant() {
        return "a tick of a schedule fires once over all instances";
    }

    private static final class Tick {
        private final Set<String> jobs = new TreeSet<>();
        private long sequence;
    }

    @Override
    public void audit(Inquiry inquiry, Findings findings) throws InterruptedException {
        TreeMap<Long, Tick> ticks = new TreeMap<>();
        inquiry.ledger().read(Kind.TICK, entry -> {
            long at = Instant.parse(entry.what().getString("tickAt")).toEpochMilli();
            Tick tick = ticks.computeIfAbsent(at, unseen -> new Tick());
            tick.sequence = entry.sequence();
            if (entry.what().getString("jobId") != null) {
                tick.jobs.add(entry.what().getString("jobId"));
            }
        });
        if (ticks.isEmpty()) {
            return;
        }
        for (long at = ticks.firstKey(); at <= ticks.lastKey(); at += Ticks.PERIOD_MILLIS) {
            findings.checked();
            Tick tick = ticks.get(at);
            if (tick == null || tick.jobs.isEmpty()) {
                findings.lost(tick == null ? 0 : tick.sequence, "the tick of " + Instant.ofEpochMilli(at), "");
            } else if (tick.jobs.size() > 1) {
                findings.duplicated(
                        tick.sequence, "the tick of " + Instant.ofEpochMilli(at) + " fired " + tick.jobs, "");
            }
        }
        if (inquiry.admin().isPresent()) {
            inquiry.each(ticks.values(), tick -> {
                for (String job : tick.jobs) {
                    expectEnded(inquiry, findings, tick, job);
                }
            });
        }
    }

    private static void expectEnded(Inquiry inquiry, Findings findings, Tick tick, String job)
            throws InterruptedException {
        var member = inquiry.one("jobs", tick.sequence).orElseThrow();
        Reply reply =
                inquiry.ask(member, Call.get("/jobs/" + job).by(inquiry.admin().orElseThrow()));
        findings.checked();
        if (!reply.isDone()) {
            findings.lost(tick.sequence, "the job " + job + " of a tick (" + reply.code() + ")", member.id());
        }
    }
}
