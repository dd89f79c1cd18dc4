package dev.drover.auth.account;

/** Names of what accounts are made of in Redis. Address and account are in slots of their own; no script touches both. */
public final class AccountKeys {

    private AccountKeys() {}

    /** A hash of {@code sub} and, until the account is in place, {@code pending}. */
    public static String claim(EmailAddress email) {
        return "drover:{email:" + email.value() + "}:claim";
    }

    public static String account(AccountId id) {
        return "drover:{" + id.value() + "}:account";
    }
}
