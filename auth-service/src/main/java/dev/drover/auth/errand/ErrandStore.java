package dev.drover.auth.errand;

import java.time.Duration;
import java.util.List;

/** The list of accounts that may have something left to be done. Each method is one atomic step; times are Redis's own. */
interface ErrandStore {

    void note(String account);

    /** Those that are due, at most {@code max}; for {@code lease} nobody else is given them. */
    List<Noted> take(int max, Duration lease);

    /** Strikes off an account that has nothing left, unless it was noted again or less than {@code grace} ago. */
    void settle(Noted noted, Duration grace);

    /** @param account its id, {@code usr_…}; @param notedAtMillis by Redis's clock */
    record Noted(String account, String notedAtMillis) {}
}
