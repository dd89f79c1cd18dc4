package dev.drover.auth.account;

/** An account's name in every service: {@code usr_} and 26 characters, the {@code sub} of its tokens. */
public record AccountId(String value) {

    static final String PREFIX = "usr_";

    public AccountId {
        if (!value.matches("usr_[0-9a-z]{26}")) {
            throw new IllegalArgumentException("not an account id: " + value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
