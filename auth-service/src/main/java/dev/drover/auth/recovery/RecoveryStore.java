package dev.drover.auth.recovery;

import java.time.Duration;

import dev.drover.auth.audit.OwedEntry;
import dev.drover.auth.mail.MailToken;
import dev.drover.auth.mail.OutgoingMail;
import dev.drover.auth.password.PasswordHash;

/**
 * What mails prove and passwords change. Every method is one atomic step in the account's slot, in which the mail that is owed for it is
 * left too; a repeat of the same request, by its Idempotency-Key, changes nothing and is answered as it was.
 */
interface RecoveryStore {

    /** A new token of its kind, in the place of an earlier one, with its letter. */
    Issue issue(MailToken token, OutgoingMail letter, Duration pause, Request request);

    enum Issue {
        ISSUED,
        /** By the same request before, or by another a moment ago. */
        RECENT,
        /** There is nothing to verify any more. */
        VERIFIED,
        /** There is no such account. */
        ABSENT
    }

    /** Whether the token counted; it does once. */
    boolean verify(MailToken token, OwedEntry entry, Request request);

    /** Whether the token would count now, or the request was carried out; decides nothing. */
    boolean mayCount(MailToken token, Request request);

    /** Whether the request was carried out; decides nothing. */
    boolean isDone(String account, Request request);

    /** Whether the token counted; then the password is another, the address verified, and all sessions are marked to end. */
    boolean reset(MailToken token, PasswordHash chosen, OutgoingMail notice, OwedEntry entry, Request request);

    /** Whether nobody was faster; then the password is another and all sessions but one are marked to end. */
    boolean change(String account, Change change, OutgoingMail notice, OwedEntry entry, Request request);

    /** @param epoch the account's when its present password was checked, @param session the one that stays */
    record Change(long epoch, PasswordHash chosen, String session) {}

    /** @param name 26 characters, a function of caller, route and key, @param isRepeatable whether it has a key */
    record Request(String name, boolean isRepeatable) {}
}
