package dev.drover.lab.prove.audit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.vertx.core.json.JsonObject;

import dev.drover.lab.prove.audit.SessionBook.Held;
import dev.drover.lab.prove.client.Call;
import dev.drover.lab.prove.client.Reply;
import dev.drover.lab.prove.herd.Member;
import dev.drover.lab.prove.ledger.Entry.Kind;

/**
 * A refresh token has one successor; the last one of a family is good; and a replay ends the family. The tokens are used up by it, and so is
 * what the other auditors ask with: it comes last.
 */
final class RefreshAudit implements Auditor {
    /** For so long a repeat gives the same successor again. */
    private static final long GRACE_MILLIS = 10_000;

    private static final int REPLAYS_MAX = 20;

    @Override
    public String id() {
        return "A-5, A-6";
    }

    @Override
    public String invariant() {
        return "a refresh token has one successor, and a replay ends its family";
    }

    @Override
    public void audit(Inquiry inquiry, Findings findings) throws InterruptedException {
        Map<String, String> successors = new HashMap<>();
        inquiry.ledger().read(Kind.SESSION_REFRESHED, entry -> {
            findings.checked();
            String session = entry.what().getString("session");
            if (entry.isAcknowledged()) {
                String successor = entry.what().getString("refresh");
                String other = successors.putIfAbsent(entry.what().getString("previous"), successor);
                if (other != null && !other.equals(successor)) {
                    findings.duplicated(entry.sequence(), "a successor of a token of " + session, "");
                }
            } else if (!entry.isUnknown()) {
                findings.lost(
                        entry.sequence(),
                        "the newest refresh token of " + session + " was refused ("
                                + entry.what().getString("code") + ")",
                        "");
            }
        });
        List<Held> families =
                List.copyOf(SessionBook.of(inquiry.ledger()).live().values());
        inquiry.each(families, held -> {
            Member member = inquiry.one("auth", held.sequence()).orElseThrow();
            Reply reply = inquiry.ask(member, refresh(held.refresh()));
            findings.checked();
            if (!reply.isDone()) {
                findings.lost(
                        held.sequence(),
                        "the newest refresh token of " + held.session() + " (" + reply.code() + ")",
                        member.id());
            }
        });
        replay(inquiry, findings, families);
    }

    private static void replay(Inquiry inquiry, Findings findings, List<Held> families) throws InterruptedException {
        List<Held> old = families.stream()
                .filter(held -> held.refreshes() > 1)
                .filter(held -> inquiry.ledger().now() - held.lastAt() > GRACE_MILLIS)
                .limit(REPLAYS_MAX)
                .toList();
        inquiry.each(old, held -> {
            for (Member member : inquiry.of("auth")) {
                findings.checked();
                if (inquiry.ask(member, refresh(held.oldestRefresh())).isDone()) {
                    findings.duplicated(
                            held.sequence(), "an old refresh token of " + held.session() + " was traded", member.id());
                }
                findings.checked();
                if (inquiry.ask(member, LiveSessionsAudit.byCookie(inquiry, "/auth/me", held))
                        .isDone()) {
                    findings.lost(held.sequence(), "the end of the replayed family of " + held.session(), member.id());
                }
            }
        });
    }

    private static Call refresh(String token) {
        return Call.post("/auth/refresh", new JsonObject().put("refreshToken", token));
    }
}
