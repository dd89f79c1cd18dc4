package dev.drover.lab.prove.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.vertx.core.json.JsonObject;

import dev.drover.lab.prove.client.Call;
import dev.drover.lab.prove.client.Reply;
import dev.drover.lab.prove.ledger.Entry.Kind;

/** Fresh access tokens for the audit: those of the users may have been ended, or be over. */
final class Tokens {
    private Tokens() {}

    /** Of whoever was acknowledged first; empty when nobody is let in. */
    static String any(Inquiry inquiry) throws InterruptedException {
        List<String> accounts = new ArrayList<>();
        inquiry.ledger().read(Kind.ACCOUNT, entry -> {
            if (entry.isAcknowledged() && accounts.isEmpty()) {
                accounts.add(entry.what().getString("account"));
            }
        });
        return of(inquiry, Set.copyOf(accounts)).values().stream().findFirst().orElse("");
    }

    /** By account; one that cannot log in has none. */
    static Map<String, String> of(Inquiry inquiry, Set<String> accounts) throws InterruptedException {
        Map<String, JsonObject> credentials = new HashMap<>();
        inquiry.ledger().read(Kind.ACCOUNT, entry -> {
            String account = entry.what().getString("account");
            if (account != null && accounts.contains(account)) {
                credentials.put(
                        account,
                        new JsonObject()
                                .put("email", entry.what().getString("email"))
                                .put("password", entry.what().getString("password")));
            }
        });
        Map<String, String> tokens = new ConcurrentHashMap<>();
        inquiry.each(credentials.entrySet(), one -> {
            String known = inquiry.tokens().get(one.getKey());
            if (known != null && isTaken(inquiry, known)) {
                tokens.put(one.getKey(), known);
                return;
            }
            Reply login = inquiry.ask(
                    inquiry.one("auth", Math.abs(one.getKey().hashCode())).orElseThrow(),
                    Call.post("/auth/login", one.getValue()));
            if (login.isDone()) {
                String token = login.json().getString("accessToken");
                tokens.put(one.getKey(), token);
                inquiry.tokens().put(one.getKey(), token);
            }
        });
        return tokens;
    }

    /** The audit of a long run may last longer than a token. */
    private static boolean isTaken(Inquiry inquiry, String token) throws InterruptedException {
        return inquiry.ask(
                        inquiry.one("auth", Math.abs(token.hashCode())).orElseThrow(),
                        Call.get("/auth/me").by(token))
                .isDone();
    }
}
