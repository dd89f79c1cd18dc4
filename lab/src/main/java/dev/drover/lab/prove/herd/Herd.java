package dev.drover.lab.prove.herd;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.drover.lab.prove.FaultKind;

/** The suite as a proof sees it from outside: where to ask, and what can be done to it. */
public interface Herd extends AutoCloseable {
    URI gateway();

    /** Every instance that can be asked directly. Where none can, one per service at the gateway's address. */
    List<Member> members() throws IOException, InterruptedException;

    /** What can be done to it. */
    Set<FaultKind> possible();

    /** Services that have instances, sorted. */
    List<String> services();

    /** As many instances are ready as there were at first, and its stores answer. */
    boolean isWhole() throws InterruptedException;

    /** What a fault has hit is as it was: as many instances of its service are ready, or the store answers. */
    boolean isWholeAfter(FaultKind kind, String target) throws InterruptedException;

    /**
     * Does it, and returns when it is over: what was stopped goes on, what was cut is whole, what was killed is only dead.
     *
     * @param service the one it is meant for; another when that has no instance left; of no meaning for a store
     * @param number  which of its instances, counted from 0 and taken round
     * @return what was hit; empty when there was nothing to hit
     */
    Optional<String> inflict(FaultKind kind, String service, int number, Struck struck)
            throws IOException, InterruptedException;

    /** An account that is, or can become, an admin. */
    Optional<Admin> admin();

    @Override
    void close();

    default List<Member> ready(String service) throws IOException, InterruptedException {
        return members().stream()
                .filter(member -> member.service().equals(service) && member.isReady())
                .toList();
    }

    /** Told at the moment of the blow, before it is over. */
    interface Struck {
        void at(String target);
    }

    /** @param mailbox whether its mails can be read at {@code /lab/mailbox}, and so its address be verified */
    record Admin(String email, String password, boolean mailbox) {
        @Override
        public String toString() {
            return "Admin[" + email + "]";
        }
    }
}
