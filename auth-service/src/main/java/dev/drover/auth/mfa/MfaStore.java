package dev.drover.auth.mfa;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.drover.auth.audit.OwedEntry;
import dev.drover.auth.mail.OutgoingMail;

/** Where second factors are. Every method is one atomic step in the slot of the account; how late it is, Redis's clock says. */
interface MfaStore {

    Optional<Enrolment> find(String account);

    /** Puts a secret there that has yet to be confirmed, in place of an earlier one like it. False when one is active; nothing was changed. */
    boolean enrol(String account, String sealedSecret);

    /**
     * Makes that very secret the active one, with the step of the code that confirmed it and the hashes of the recovery codes.
     *
     * @param use names the request, so that its repeat is confirmed too; empty when it cannot be repeated
     */
    Confirmation confirm(
            String account,
            String sealedSecret,
            long step,
            List<String> recoveryHashes,
            Optional<String> use,
            OwedEntry entry);

    /** Puts these codes in the place of all there are and owes the notice; false when that secret is not the active one any more. */
    boolean renew(
            String account, String sealedSecret, List<String> recoveryHashes, OutgoingMail notice, OwedEntry entry);

    /** Forgets everything of the second factor, and owes the notice if it was an active one; false when there was nothing. */
    boolean forget(String account, OutgoingMail notice, OwedEntry entry);

    /**
     * Spends a proof: a step counts once and only if it is later than the last one, a recovery code once. A wrong one counts against the
     * account.
     *
     * @param proof empty for a code that fits no step
     * @param use   names the intention it is used for, so that its repeat is no replay; empty when it cannot be repeated
     */
    Verdict use(String account, Optional<Spendable> proof, Optional<String> use, UseEntries entries);

    /**
     * What {@link #use} leaves in the same step.
     *
     * @param recovery when a recovery code is spent
     * @param failure  when the proof is wrong
     */
    record UseEntries(OwedEntry recovery, OwedEntry failure) {}

    /** @param sealedSecret encrypted, @param recoveryCodes how many are left */
    record Enrolment(boolean isActive, String sealedSecret, int recoveryCodes) {}

    enum Confirmation {
        CONFIRMED,
        /** It was before. */
        ACTIVE,
        /** There is no such secret: it was forgotten or replaced by another. */
        ABSENT
    }

    sealed interface Spendable {
        record Step(long number) implements Spendable {}

        record Hash(String recovery) implements Spendable {}
    }

    sealed interface Verdict {
        record Accepted() implements Verdict {}

        record Wrong() implements Verdict {}

        /** Too many wrong ones: whatever is shown now is not looked at. */
        record Paused(Duration remaining) implements Verdict {}

        /** There is no second factor to prove. */
        record Absent() implements Verdict {}
    }
}
