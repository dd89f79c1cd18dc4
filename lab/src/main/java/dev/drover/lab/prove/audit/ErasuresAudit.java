package dev.drover.lab.prove.audit;

import java.util.ArrayList;
import java.util.List;

import io.vertx.core.json.JsonObject;

import dev.drover.lab.prove.client.Call;
import dev.drover.lab.prove.client.Reply;
import dev.drover.lab.prove.herd.Member;
import dev.drover.lab.prove.ledger.Entry;
import dev.drover.lab.prove.ledger.Entry.Kind;

/** An erasure that was accepted is done, and then nobody and nothing of the user answers. */
final class ErasuresAudit implements Auditor {
    private static final int LOOKS = 120;
    private static final long LOOK_MILLIS = 500;

    @Override
    public String id() {
        return "P-11";
    }

    @Override
    public String invariant() {
        return "of a user who was erased nothing answers";
    }

    @Override
    public void audit(Inquiry inquiry, Findings findings) throws InterruptedException {
        List<Entry> erased = new ArrayList<>();
        inquiry.ledger().read(Kind.ACCOUNT_ERASED, entry -> {
            if (entry.isAcknowledged()) {
                erased.add(entry);
            }
        });
        inquiry.each(erased, entry -> {
            findings.checked();
            if (!isDone(inquiry, entry)) {
                findings.late(entry.sequence(), "the erasure of " + entry.what().getString("account"), "");
                return;
            }
            expectNothing(inquiry, findings, entry);
        });
    }

    private static boolean isDone(Inquiry inquiry, Entry entry) throws InterruptedException {
        Call look = Call.get("/profiles/erasures/" + entry.what().getString("erasure"));
        for (int times = 0; times < LOOKS; times++) {
            Member member = inquiry.one("profile", entry.sequence() + times).orElseThrow();
            if (inquiry.ask(member, look).json().getString("state", "").equals("done")) {
                return true;
            }
            Thread.sleep(LOOK_MILLIS);
        }
        return false;
    }

    private static void expectNothing(Inquiry inquiry, Findings findings, Entry entry) throws InterruptedException {
        JsonObject what = entry.what();
        for (Member member : inquiry.of("profile")) {
            Reply card = inquiry.ask(member, Call.get("/profiles/" + what.getString("account")));
            expectRefused(findings, entry, "their profile", card, member.id());
        }
        for (Member member : inquiry.of("auth")) {
            Reply me = inquiry.ask(member, Call.get("/auth/me").by(what.getString("access")));
            expectRefused(findings, entry, "their session", me, member.id());
        }
        Member any = inquiry.one("auth", entry.sequence()).orElseThrow();
        JsonObject credentials =
                new JsonObject().put("email", what.getString("email")).put("password", what.getString("password"));
        Reply logIn = inquiry.ask(any, Call.post("/auth/login", credentials));
        expectRefused(findings, entry, "their log-in", logIn, any.id());
        if (!what.getString("link").isEmpty()) {
            Reply bytes = inquiry.fetch(what.getString("link"));
            expectRefused(findings, entry, "a file of theirs", bytes, "");
        }
    }

    private static void expectRefused(Findings findings, Entry entry, String trace, Reply reply, String instance) {
        findings.checked();
        if (reply.isDone()) {
            findings.lost(
                    entry.sequence(),
                    "the erasure of " + entry.what().getString("account") + ": " + trace + " is there",
                    instance);
        }
    }
}
