package dev.drover.profile;

import java.util.Optional;
import java.util.regex.Pattern;

/** The account a profile belongs to, as auth-service names it: {@code usr_} and up to 26 of a-z 0-9. */
public record AccountId(String value) {

    /** The first characters of every account's id. */
    public static final String PREFIX = "usr_";

    private static final Pattern FORM = Pattern.compile(PREFIX + "[a-z0-9]{1,26}");

    public AccountId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not an account id: " + value);
        }
    }

    /** Empty when the text cannot be any account's id. */
    public static Optional<AccountId> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new AccountId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
