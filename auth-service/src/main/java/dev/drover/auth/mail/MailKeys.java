package dev.drover.auth.mail;

/** Names of what is mailed for an account, in the account's slot. */
public final class MailKeys {

    private MailKeys() {}

    /** A stream of {@link dev.drover.platform.outbox.OutboxEntry}. */
    public static String outbox(String account) {
        return "drover:{" + account + "}:outbox";
    }

    /** A string: the hash of the one token of its kind that counts. */
    public static String token(MailToken.Kind kind, String account) {
        return switch (kind) {
            case VERIFICATION -> "drover:{" + account + "}:verification";
            case RESET -> "drover:{" + account + "}:reset";
        };
    }
}
