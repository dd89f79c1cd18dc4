package dev.drover.profile.handles;

import java.util.Optional;
import java.util.regex.Pattern;

import dev.drover.profile.AccountId;

/**
 * The name others know an account by: 3 to 30 of a-z 0-9 _.
 *
 * <p>Until an account chooses one, its handle is its own id. Ids fit the form and are never claimed: a handle that begins like an id is
 * for the account of that id alone. So the default is unique without a claim, and reading a profile writes nothing.
 */
public record Handle(String value) {

    private static final Pattern FORM = Pattern.compile("[a-z0-9_]{3,30}");

    public Handle {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not a handle: " + value);
        }
    }

    public static Optional<Handle> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new Handle(text)) : Optional.empty();
    }

    public static Handle defaultOf(AccountId account) {
        return new Handle(account.value());
    }

    /** Whether this is the default handle of some account, which needs no claim and which no other account may have. */
    public boolean isSomeDefault() {
        return value.startsWith(AccountId.PREFIX);
    }

    public boolean isAllowedFor(AccountId account) {
        return !isSomeDefault() || equals(defaultOf(account));
    }

    @Override
    public String toString() {
        return value;
    }
}
