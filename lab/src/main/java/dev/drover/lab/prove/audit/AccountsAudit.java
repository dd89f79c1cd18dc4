package dev.drover.lab.prove.audit;

import java.util.ArrayList;
import java.util.List;

import io.vertx.core.json.JsonObject;

import dev.drover.lab.prove.client.Call;
import dev.drover.lab.prove.client.Reply;
import dev.drover.lab.prove.herd.Member;
import dev.drover.lab.prove.ledger.Entry;
import dev.drover.lab.prove.ledger.Entry.Kind;

/** Every account that was made lets its owner in, by any instance, and is the one that was promised. */
final class AccountsAudit implements Auditor {
    @Override
    public String id() {
        return "A-1, A-2";
    }

    @Override
    public String invariant() {
        return "an account that was made lets its owner in";
    }

    @Override
    public void audit(Inquiry inquiry, Findings findings) throws InterruptedException {
        List<Entry> made = new ArrayList<>();
        inquiry.ledger().read(Kind.ACCOUNT, entry -> {
            if (entry.isAcknowledged()) {
                made.add(entry);
            }
        });
        inquiry.each(made, entry -> {
            JsonObject what = entry.what();
            Call logIn = Call.post(
                    "/auth/login",
                    new JsonObject().put("email", what.getString("email")).put("password", what.getString("password")));
            Member member = inquiry.one("auth", entry.sequence()).orElseThrow();
            Reply reply = inquiry.ask(member, logIn);
            if (reply.status() == 429) {
                // Its log-ins are used up for now, which says nothing of the account.
                return;
            }
            findings.checked();
            if (!reply.isDone()) {
                findings.lost(
                        entry.sequence(),
                        "the account " + what.getString("account") + " does not let its owner in (" + reply.code()
                                + ")",
                        member.id());
                return;
            }
            String token = reply.json().getString("accessToken");
            inquiry.tokens().put(what.getString("account"), token);
            Reply me = inquiry.ask(member, Call.get("/auth/me").by(token));
            if (!what.getString("account").equals(me.json().getString("id"))) {
                findings.duplicated(
                        entry.sequence(),
                        what.getString("email") + " is now " + me.json().getString("id"),
                        member.id());
            }
        });
    }
}
