package dev.drover.auth.account;

import java.util.regex.Pattern;

/** An account's name in every service: {@code usr_} and 26 characters, the {@code sub} of its tokens. */
public record AccountId(String value) {

    static final String PREFIX = "usr_";

    private static final Pattern FORM = Pattern.compile("usr_[0-9a-z]{26}");

    public AccountId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not an account id: " + value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
