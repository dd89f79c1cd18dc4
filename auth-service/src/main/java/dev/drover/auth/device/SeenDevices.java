package dev.drover.auth.device;

import jakarta.inject.Singleton;

import dev.drover.auth.errand.Errands;
import dev.drover.auth.mail.AccountMail;
import dev.drover.auth.mail.OutgoingMail;
import dev.drover.platform.idempotency.Ids;

/** Tells the owner of an account of a log-in from where none came from before. */
@Singleton
public final class SeenDevices {

    private final SeenDeviceStore store;
    private final Errands errands;
    private final AccountMail mail;
    private final Ids ids;

    SeenDevices(SeenDeviceStore store, Errands errands, AccountMail mail, Ids ids) {
        this.store = store;
        this.errands = errands;
        this.mail = mail;
        this.ids = ids;
    }

    /**
     * Somebody has proved to be the account's owner and is about to be let in.
     *
     * @param email   the account's address
     * @param device  as its User-Agent tells
     * @param network the client's address, or its network
     */
    public void logIn(String account, String email, String device, String network) {
        // Kept as a hash: what is compared need not be readable.
        String place = Ids.derive("device", account, device, network);
        if (!store.isKnown(account, place)) {
            OutgoingMail letter = mail.newDevice(account, email, network, ids.random());
            errands.during(account, () -> {
                store.remember(account, place, letter);
                return account;
            });
        }
    }
}
