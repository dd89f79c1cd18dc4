package dev.drover.lab.prove.audit;

import dev.drover.lab.prove.audit.SessionBook.Held;
import dev.drover.lab.prove.client.Call;
import dev.drover.lab.prove.client.Reply;
import dev.drover.lab.prove.herd.Member;
import dev.drover.lab.prove.ledger.Entry.Kind;

/** A session that was not ended is known to every instance, by its cookie and by its token. */
final class LiveSessionsAudit implements Auditor {
    @Override
    public String id() {
        return "A-4, E-1";
    }

    @Override
    public String invariant() {
        return "a session lives on every instance until it is ended";
    }

    @Override
    public void audit(Inquiry inquiry, Findings findings) throws InterruptedException {
        inquiry.ledger().read(Kind.SESSION_SHOWN, entry -> {
            if (!entry.what().getBoolean("revoked")) {
                findings.checked();
                if (entry.what().getInteger("status") == 401) {
                    findings.lost(
                            entry.sequence(),
                            "the session " + entry.what().getString("session") + " was refused while it lived",
                            entry.what().getString("instance"));
                }
            }
        });
        inquiry.each(SessionBook.of(inquiry.ledger()).live().values(), held -> {
            for (Member member : inquiry.of("auth")) {
                expectTaken(findings, held, member, inquiry.ask(member, byCookie(inquiry, "/auth/me", held)));
            }
            if (held.hasFreshAccess(inquiry.ledger().now())) {
                for (Member member : inquiry.of("profile")) {
                    expectTaken(
                            findings,
                            held,
                            member,
                            inquiry.ask(member, Call.get("/profiles/me").by(held.access())));
                }
            }
        });
    }

    private static void expectTaken(Findings findings, Held held, Member member, Reply reply) {
        findings.checked();
        if (!reply.isDone()) {
            findings.lost(held.sequence(), "the session " + held.session() + " (" + reply.code() + ")", member.id());
        }
    }

    static Call byCookie(Inquiry inquiry, String path, Held held) {
        return Call.get(path).with("Cookie", held.cookie());
    }
}
