package dev.drover.lab.prove.audit;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;

import io.vertx.core.json.JsonArray;

import dev.drover.lab.prove.client.Call;
import dev.drover.lab.prove.ledger.Entry;
import dev.drover.lab.prove.ledger.Entry.Kind;

/** Whoever has an account was sent the mail that confirms their address. It may come twice: mail servers know no keys. */
final class MailsAudit implements Auditor {
    /** The lab keeps the latest five hundred mails, of everybody. */
    private static final int ACCOUNTS_MAX = 100;

    private static final long LOOK_MILLIS = 500;

    @Override
    public String id() {
        return "A-10";
    }

    @Override
    public String invariant() {
        return "a new account is sent its mail";
    }

    @Override
    public void audit(Inquiry inquiry, Findings findings) throws InterruptedException {
        if (inquiry.mailbox().isEmpty()) {
            return;
        }
        Deque<Entry> made = new ArrayDeque<>();
        inquiry.ledger().read(Kind.ACCOUNT, entry -> {
            if (entry.isAcknowledged()) {
                made.addLast(entry);
            }
            if (made.size() > ACCOUNTS_MAX) {
                made.removeFirst();
            }
        });
        URI mailbox = inquiry.mailbox().get();
        inquiry.each(made, entry -> {
            findings.checked();
            String address = entry.what().getString("email");
            if (!hasMail(inquiry, mailbox, address)) {
                findings.lost(entry.sequence(), "the mail to " + address, "");
            }
        });
    }

    private static boolean hasMail(Inquiry inquiry, URI mailbox, String address) throws InterruptedException {
        long deadline = System.nanoTime() + inquiry.settle().toNanos();
        do {
            JsonArray mails = inquiry.askAt(mailbox, Call.get("/lab/mailbox?to=" + address))
                    .json()
                    .getJsonArray("mails", new JsonArray());
            if (!mails.isEmpty()) {
                return true;
            }
            Thread.sleep(LOOK_MILLIS);
        } while (System.nanoTime() < deadline);
        return false;
    }
}
