package dev.drover.lab.prove.user;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** An account, or a device of it, that several use, as a family shares one. Their threads take turns. */
final class Commons {
    private final User owner;
    private final ReentrantLock lock = new ReentrantLock();

    Commons(User owner) {
        this.owner = owner;
    }

    String account() {
        return owner.account();
    }

    Optional<String> token() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            return owner.session().map(Session::accessToken);
        } finally {
            lock.unlock();
        }
    }
}
