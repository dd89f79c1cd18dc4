package dev.drover.lab.prove.user;

/** One kind of thing users do. Each effect the suite acknowledges is in the ledger before the next step. */
interface Activity {
    /** As {@code --work} names it; several activities may share one. */
    String work();

    /** How often it is chosen, compared with the others. */
    int weight();

    void perform(User user) throws InterruptedException;
}
