package dev.drover.profile.profiles;

import dev.drover.profile.AccountId;

/** Where an account's profile lives: everything under the account's hash tag, so that one script can see all of it. */
final class ProfileKeys {

    private ProfileKeys() {}

    static String profile(AccountId id) {
        return "drover:{" + id + "}:profile";
    }

    static String formerHandles(AccountId id) {
        return "drover:{" + id + "}:former-handles";
    }

    static String write(AccountId id, RequestMark mark) {
        return "drover:{" + id + "}:write:" + mark.name();
    }

    /** The public card, cached; whoever writes the profile deletes it in the same step. */
    static String card(AccountId id) {
        return "drover:{" + id + "}:card";
    }

    /** auth-service's; only read here. */
    static String account(AccountId id) {
        return "drover:{" + id + "}:account";
    }
}
