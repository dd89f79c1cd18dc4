package dev.drover.jobs.recovery;

import dev.drover.platform.jobs.QueueName;

/** Takes back what dead workers held. */
interface RecoveryStore {

    /**
     * Takes back up to {@code jobsMax} jobs of the queue whose lease has ended. Atomic, so several callers at once share the work. Spends no
     * attempt; the {@code crashBudget}th lost worker makes a job dead.
     */
    Recovered recover(QueueName queue, int jobsMax, int crashBudget);

    /** How many wait again, how many are dead, and how many had run out of time. */
    record Recovered(int waiting, int dead, int timedOut) {

        static final Recovered NONE = new Recovered(0, 0, 0);

        Recovered plus(Recovered other) {
            return new Recovered(waiting + other.waiting, dead + other.dead, timedOut + other.timedOut);
        }

        int total() {
            return waiting + dead + timedOut;
        }
    }
}
