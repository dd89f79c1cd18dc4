package dev.drover.bench.work;

import java.io.IOException;
import java.net.URI;
import java.util.List;

import dev.drover.bench.suite.Account;
import dev.drover.stores.RedisTalk;

/** A hundred flags, each with two rules, the second by percentage. */
public final class Flags {

    private static final int COUNT = 100;
    private static final String FLAG = """
            {"type":"boolean","variants":{"on":true,"off":false},"defaultVariant":"off",
             "rules":[{"when":[{"attribute":"plan","in":["premium","staff"]},{"attribute":"app","semver":">=1.4.0"}],"variant":"on"},
                      {"when":[{"percentage":20}],"variant":"on"}]}""";

    private Flags() {}

    /** @return the account, logged in again with the role it takes to do so */
    public static Account define(URI redis, URI auth, URI profile, Account account) throws IOException {
        Account admin = promote(redis, auth, account);
        for (int i = 0; i < COUNT; i++) {
            Account.send(
                    "PUT",
                    profile.resolve("/flags/flag-" + i + "?why=bench"),
                    FLAG,
                    List.of("Authorization", "Bearer " + admin.token(), "If-Match", "\"0\""));
        }
        return admin;
    }

    /** No one is there who could give the role. */
    public static Account promote(URI redis, URI auth, Account account) throws IOException {
        RedisTalk.ask(redis, "HSET", "drover:{" + account.id() + "}:account", "roles", "admin");
        return account.logIn(auth);
    }
}
