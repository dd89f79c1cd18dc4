package dev.drover.blackbox;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** Asks as a well-behaved client does: a request with a key is sent again for as long as a store is too busy or the first is still being answered. */
final class Patiently {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Patiently() {}

    /** @param keyed sends an {@code Idempotency-Key} */
    static Reply post(Client keyed, String path, String body) {
        AtomicReference<Reply> last = new AtomicReference<>();
        Eventually.within(LIMIT).until(() -> {
            last.set(keyed.post(path, body));
            return last.get().status() != 503 && !last.get().text("/code").equals("idempotency_key_in_use");
        });
        return last.get();
    }
}
