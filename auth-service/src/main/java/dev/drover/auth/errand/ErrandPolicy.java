package dev.drover.auth.errand;

import java.time.Duration;

/**
 * How accounts are looked after.
 *
 * @param batch at once
 * @param lease how long an account is one instance's
 * @param grace how long a note counts at least
 */
record ErrandPolicy(int batch, Duration lease, Duration grace) {

    static ErrandPolicy of(ErrandConfig config) {
        return new ErrandPolicy(config.batch(), config.lease(), config.grace());
    }
}
