package dev.drover.jobs.demo;

import jakarta.inject.Singleton;

/** What demonstration jobs of an account have counted. */
@Singleton
public final class AccountCounters {

    private final CounterStore counters;

    AccountCounters(CounterStore counters) {
        this.counters = counters;
    }

    /** Removes all of it, and has nothing counted for the account any more. May be repeated. */
    public void erase(String account) {
        counters.erase(account);
    }
}
