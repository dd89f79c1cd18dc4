package dev.drover.lab.prove.model;

import java.util.Map;
import java.util.Optional;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import dev.drover.lab.prove.model.ModelStore.Session;

/** Accounts of the model, their sessions, and the mail each is sent. */
final class ModelAccounts {
    static final String ADMIN = "admin@drover.test";
    private static final int EVERY = 3;

    private final ModelStore store;
    private final Defect defect;
    private final int number;
    private int made;

    /** @param number of the instance */
    ModelAccounts(ModelStore store, Defect defect, int number) {
        this.store = store;
        this.defect = defect;
        this.number = number;
    }

    void signUp(HttpServerRequest request, JsonObject json) {
        JsonObject account = store.accounts.computeIfAbsent(
                json.getString("email"), email -> json.copy().put("id", store.next("acc")));
        if (defect != Defect.MAIL_FORGOTTEN || ++made % EVERY != 0) {
            store.mailed.add(json.getString("email"));
        }
        ModelInstance.send(request, 201, new JsonObject().put("id", account.getString("id")));
    }

    void mailbox(HttpServerRequest request) {
        JsonArray mails = new JsonArray();
        if (store.mailed.contains(request.getParam("to"))) {
            mails.add(new JsonObject().put("text", "Welcome."));
        }
        ModelInstance.send(request, 200, new JsonObject().put("mails", mails));
    }

    void logIn(HttpServerRequest request, JsonObject json) {
        JsonObject account = store.accounts.get(json.getString("email"));
        if (account == null || !account.getString("password").equals(json.getString("password"))) {
            ModelInstance.send(request, 401, new JsonObject().put("code", "credentials_invalid"));
            return;
        }
        String id = store.next("ses");
        Session session = new Session(account.getString("id"), number);
        session.refreshTokens.add(store.next("rt"));
        store.sessions.put(id, session);
        request.response().putHeader("Set-Cookie", "drover_session=" + id + "; Path=/");
        ModelInstance.send(request, 200, tokens(id, session));
    }

    void refresh(HttpServerRequest request, JsonObject json) {
        for (Map.Entry<String, Session> one : store.sessions.entrySet()) {
            int place = one.getValue().refreshTokens.indexOf(json.getString("refreshToken"));
            if (place < 0 || one.getValue().revoked) {
                continue;
            }
            if (place < one.getValue().refreshTokens.size() - 1) {
                one.getValue().revoked = true;
                break;
            }
            one.getValue().refreshTokens.add(store.next("rt"));
            ModelInstance.send(request, 200, tokens(one.getKey(), one.getValue()));
            return;
        }
        ModelInstance.send(request, 401, new JsonObject().put("code", "refresh_reused"));
    }

    private static JsonObject tokens(String id, Session session) {
        return new JsonObject()
                .put("sessionId", id)
                .put("accessToken", id)
                .put("refreshToken", session.refreshTokens.getLast());
    }

    void logOut(HttpServerRequest request, String session) {
        store.sessions.get(session).revoked = true;
        ModelInstance.sendNothing(request);
    }

    /** Whose it is when it counts. */
    Optional<String> session(HttpServerRequest request) {
        String token = Optional.ofNullable(request.getHeader("Authorization"))
                .map(value -> value.substring("Bearer ".length()))
                .or(() -> Optional.ofNullable(request.getHeader("Cookie"))
                        .map(value -> value.substring("drover_session=".length())))
                .orElse("");
        return Optional.ofNullable(store.sessions.get(token))
                .filter(session -> !session.revoked)
                .filter(session -> defect != Defect.SESSIONS_IN_PROCESS_MEMORY || session.openedBy == number)
                .map(session -> token);
    }

    JsonObject me(String account) {
        boolean admin = store.accounts
                .getOrDefault(ADMIN, new JsonObject())
                .getString("id", "")
                .equals(account);
        return new JsonObject().put("id", account).put("roles", admin ? new JsonArray().add("admin") : new JsonArray());
    }
}
