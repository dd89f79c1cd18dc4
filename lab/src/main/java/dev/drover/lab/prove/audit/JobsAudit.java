package dev.drover.lab.prove.audit;

import java.util.ArrayList;
import java.util.List;

import dev.drover.lab.prove.client.Call;
import dev.drover.lab.prove.client.Reply;
import dev.drover.lab.prove.herd.Member;
import dev.drover.lab.prove.ledger.Entry;
import dev.drover.lab.prove.ledger.Entry.Kind;

/** A job that was accepted has ended well, as every instance says, and no worker's death has spent one of its attempts. */
final class JobsAudit implements Auditor {
    @Override
    public String id() {
        return "J-1, J-5";
    }

    @Override
    public String invariant() {
        return "an accepted job ends, and only its handler spends attempts";
    }

    @Override
    public void audit(Inquiry inquiry, Findings findings) throws InterruptedException {
        if (inquiry.admin().isEmpty()) {
            return;
        }
        List<Entry> accepted = new ArrayList<>();
        inquiry.ledger().read(Kind.JOB_ACCEPTED, entry -> {
            if (entry.isAcknowledged()) {
                accepted.add(entry);
            }
        });
        inquiry.each(accepted, entry -> {
            for (Member member : inquiry.of("jobs")) {
                examine(inquiry, findings, entry, member);
            }
        });
    }

    private static void examine(Inquiry inquiry, Findings findings, Entry entry, Member member)
            throws InterruptedException {
        String id = entry.what().getString("id");
        Reply reply =
                inquiry.ask(member, Call.get("/jobs/" + id).by(inquiry.admin().orElseThrow()));
        findings.checked();
        if (!reply.isDone()) {
            findings.lost(entry.sequence(), "the job " + id + " (" + reply.code() + ")", member.id());
            return;
        }
        String state = reply.json().getString("state");
        switch (state) {
            case "succeeded" -> {
                int expected = entry.what().getInteger("failures") + 1;
                int attempts = reply.json().getInteger("attempt", 0);
                if (attempts > expected) {
                    findings.duplicated(
                            entry.sequence(),
                            "attempts of " + id + ": " + attempts + " were spent and not " + expected,
                            member.id());
                }
            }
            case "waiting", "active", "scheduled" ->
                findings.late(entry.sequence(), "the job " + id + " is still " + state, member.id());
            default -> findings.lost(entry.sequence(), "the job " + id + " ended as " + state, member.id());
        }
    }
}
