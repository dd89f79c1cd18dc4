package dev.drover.lab.prove.audit;

import java.util.List;

import io.vertx.core.json.JsonObject;

import dev.drover.lab.prove.audit.SessionBook.Held;
import dev.drover.lab.prove.client.Call;
import dev.drover.lab.prove.client.Reply;
import dev.drover.lab.prove.herd.Member;
import dev.drover.lab.prove.ledger.Entry.Kind;

/** A session that was ended is refused by every instance of every service, from the next request on. */
final class RevokedSessionsAudit implements Auditor {
    private record Place(String service, String path) {}

    private static final List<Place> PLACES = List.of(
            new Place("auth", "/auth/me"),
            new Place("profile", "/profiles/me"),
            new Place("media", "/media"),
            new Place("jobs", "/jobs"));

    @Override
    public String id() {
        return "A-4, E-1";
    }

    @Override
    public String invariant() {
        return "a session that was ended is refused everywhere, for good";
    }

    @Override
    public void audit(Inquiry inquiry, Findings findings) throws InterruptedException {
        inquiry.ledger().read(Kind.SESSION_SHOWN, entry -> {
            if (entry.what().getBoolean("revoked")) {
                findings.checked();
                if (entry.what().getInteger("status") < 400) {
                    findings.late(
                            entry.sequence(),
                            "the session " + entry.what().getString("session") + " was taken right after its end",
                            entry.what().getString("instance"));
                }
            }
        });
        inquiry.each(SessionBook.of(inquiry.ledger()).revoked().values(), held -> {
            for (Place place : PLACES) {
                for (Member member : inquiry.of(place.service())) {
                    expectRefused(findings, held, member, inquiry.ask(member, call(place, held, inquiry)));
                }
            }
            for (Member member : inquiry.one("auth", held.sequence()).stream().toList()) {
                Call refresh = Call.post("/auth/refresh", new JsonObject().put("refreshToken", held.refresh()));
                expectRefused(findings, held, member, inquiry.ask(member, refresh));
            }
        });
    }

    /** An access token that is over would be refused anyway; the cookie lives a day. */
    private static Call call(Place place, Held held, Inquiry inquiry) {
        return held.hasFreshAccess(inquiry.ledger().now())
                ? Call.get(place.path()).by(held.access())
                : LiveSessionsAudit.byCookie(inquiry, place.path(), held);
    }

    private static void expectRefused(Findings findings, Held held, Member member, Reply reply) {
        findings.checked();
        if (reply.isDone()) {
            findings.lost(held.sequence(), "the end of the session " + held.session() + ": it is taken", member.id());
        }
    }
}
