package dev.drover.auth.session;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client trades for new tokens, once: {@code rt_<session>.<family>.<secret>}. The family part stays through all rotations of a
 * session: by it an old token is told from a made-up one, so that only somebody who once had a real token can make the session end.
 */
record RefreshToken(SessionId session, Secret family, Secret secret) {

    private static final Pattern FORM =
            Pattern.compile("rt_([0-9a-z]{26})\\.([A-Za-z0-9_-]{43})\\.([A-Za-z0-9_-]{43})");

    static Optional<RefreshToken> parse(String token) {
        Matcher form = FORM.matcher(token);
        return form.matches()
                ? Optional.of(new RefreshToken(
                        new SessionId(SessionId.PREFIX + form.group(1)),
                        new Secret(form.group(2)),
                        new Secret(form.group(3))))
                : Optional.empty();
    }

    RefreshToken successor(String salt) {
        return new RefreshToken(session, family, secret.successor(salt));
    }

    String toWire() {
        return "rt_" + session.value().substring(SessionId.PREFIX.length()) + "." + family.value() + "."
                + secret.value();
    }

    @Override
    public String toString() {
        return "rt_***";
    }
}
