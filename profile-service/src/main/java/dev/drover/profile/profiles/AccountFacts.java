package dev.drover.profile.profiles;

import java.time.Instant;

/** What an account said of itself when it signed up; a profile begins with it. */
record AccountFacts(String displayName, Instant createdAt) {

    /** For a session whose account says nothing. */
    static final AccountFacts UNKNOWN = new AccountFacts("", Instant.EPOCH);
}
