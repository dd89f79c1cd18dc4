package dev.drover.lab.prove.user;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.drover.lab.prove.client.Reply;

/**
 * What an account has left of its log-ins, as an answer states it.
 *
 * @param left           how many now
 * @param intervalMillis until there is one more
 */
record LogInQuota(long left, long intervalMillis) {
    /** One to come back with, one for another device, and those of the audit; and some that are never answered. */
    private static final int KEPT = 5;

    private static final Pattern POLICY = Pattern.compile("\"login-account\";q=(\\d{1,9});w=(\\d{1,9})");
    private static final Pattern STANDING = Pattern.compile("\"login-account\";r=(\\d{1,9})");

    /** Empty where there is none, or where another quota is the tighter one. */
    static Optional<LogInQuota> of(Reply logIn) {
        Matcher policy = POLICY.matcher(logIn.header("RateLimit-Policy").orElse(""));
        Matcher standing = STANDING.matcher(logIn.header("RateLimit").orElse(""));
        if (!policy.find() || !standing.find()) {
            return Optional.empty();
        }
        long units = Math.max(1, Long.parseLong(policy.group(1)));
        return Optional.of(
                new LogInQuota(Long.parseLong(standing.group(1)), Long.parseLong(policy.group(2)) * 1_000 / units));
    }

    /** For how long none is to be spent without need. */
    long sparingMillis() {
        return Math.max(0, KEPT - left) * intervalMillis;
    }
}
