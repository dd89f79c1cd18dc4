package dev.drover.lab.rounds;

import java.time.Duration;

/** One thing done again and again by a thread of its own, from the start until it is closed. */
public final class Rounds implements AutoCloseable {
    private final Thread thread;

    /** One of them. */
    public interface Round {
        /** @return the pause until the next */
        Duration run() throws InterruptedException;
    }

    private Rounds(String name, Round round) {
        this.thread = Thread.ofVirtual().name(name).start(() -> goOn(round));
    }

    public static Rounds start(String name, Round round) {
        return new Rounds(name, round);
    }

    private static void goOn(Round round) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(round.run());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
