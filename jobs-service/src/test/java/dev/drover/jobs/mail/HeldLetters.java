package dev.drover.jobs.mail;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import dev.drover.platform.faults.StoreFault;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.mail.Letter;
import dev.drover.platform.mail.LetterKey;
import dev.drover.platform.mail.Letters;
import dev.drover.platform.redis.StoreUnavailableException;

/** Letters as they lie in Redis. */
final class HeldLetters implements Letters {

    private final Map<LetterKey, Letter> held = new ConcurrentHashMap<>();
    private volatile boolean discardFails;

    LetterKey hold(Letter letter) {
        LetterKey key = new LetterKey("usr_0123456789abcdefghjkmnpqrs", Ids.derive(letter.subject(), letter.to()));
        held.put(key, letter);
        return key;
    }

    void discardFails() {
        discardFails = true;
    }

    @Override
    public Optional<Letter> find(LetterKey key) {
        return Optional.ofNullable(held.get(key));
    }

    @Override
    public void discard(LetterKey key) {
        if (discardFails) {
            throw new StoreUnavailableException("Redis", StoreFault.CONNECTION, null);
        }
        held.remove(key);
    }
}
