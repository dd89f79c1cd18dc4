package dev.drover.lab.prove.user;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** An account that all users share, as a family shares a device. Several threads use it. */
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
