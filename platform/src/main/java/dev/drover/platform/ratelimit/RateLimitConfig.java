package dev.drover.platform.ratelimit;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/**
 * How much of what a subject may ask for. The defaults leave alone whoever uses the suite by hand or with a well-behaved program, also
 * several people behind one address, and stop whoever guesses passwords, makes accounts by the hundred or loops.
 */
@ConfigMapping(prefix = "drover.rate-limit")
public interface RateLimitConfig {

    /** Per address: an office logs in on Monday morning, and a password guesser there costs 30 hashes a minute. */
    @WithDefault("${RATE_LIMIT_LOGIN:30/PT1M}")
    Quota login();

    /** Per e-mail address: ten attempts at once, then one in 90 seconds; from however many addresses, 970 guesses a day. */
    @WithDefault("${RATE_LIMIT_LOGIN_ACCOUNT:10/PT15M}")
    Quota loginAccount();

    /** Per address: a class signs up in one lesson; a farm of accounts does not. */
    @WithDefault("${RATE_LIMIT_SIGNUP:40/PT1H}")
    Quota signup();

    /** Per /24 network of IPv4 or /48 of IPv6: several classes, or somebody who rents a row of addresses. */
    @WithDefault("${RATE_LIMIT_SIGNUP_NETWORK:200/PT1H}")
    Quota signupNetwork();

    /** Per address: forgotten passwords and lost mails of an office; to one account goes one a minute at most in any case. */
    @WithDefault("${RATE_LIMIT_MAIL:30/PT1H}")
    Quota mail();

    /** Per account, or per address where nobody is logged in: ten a second on average, a page with hundreds of pictures at once. */
    @WithDefault("${RATE_LIMIT_READ:600/PT1M}")
    Quota read();

    /** Two a second on average. */
    @WithDefault("${RATE_LIMIT_WRITE:120/PT1M}")
    Quota write();

    /** Uploads opened: a folder of pictures at once. */
    @WithDefault("${RATE_LIMIT_UPLOAD:100/PT5M}")
    Quota upload();

    /** Messages published: ten a second on average. */
    @WithDefault("${RATE_LIMIT_PUBLISH:600/PT1M}")
    Quota publish();

    /** Jobs that are added; a bulk of up to a thousand is one. */
    @WithDefault("${RATE_LIMIT_ENQUEUE:600/PT1M}")
    Quota enqueue();

    /** Flags evaluated, by API key or account: a hundred a second on average. */
    @WithDefault("${RATE_LIMIT_EVALUATE:6000/PT1M}")
    Quota evaluate();

    /** Leases, heartbeats, progress and results of workers outside: a hundred a second on average. */
    @WithDefault("${RATE_LIMIT_WORK:6000/PT1M}")
    Quota work();

    /**
     * How long a request of an open policy waits for the limiter before it goes on without: short, because its own call to Redis has still
     * to fit into the second an answer may take. One of a closed policy waits for as long as any call may take.
     */
    @WithDefault("PT0.15S")
    Duration openTimeout();
}
