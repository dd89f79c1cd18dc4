package dev.drover.lab.prove.user;

import io.vertx.core.json.JsonObject;

import dev.drover.lab.prove.client.Reply;

/**
 * An open session, as its user's programs keep it.
 *
 * @param renewedAtMillis when its access token was given, since the proof began
 */
public record Session(String id, String accessToken, String refreshToken, String cookie, long renewedAtMillis) {

    static Session opened(Reply login, long atMillis) {
        JsonObject body = login.json();
        String cookie = login.header("Set-Cookie").orElse("").split(";", 2)[0];
        return new Session(
                body.getString("sessionId"),
                body.getString("accessToken"),
                body.getString("refreshToken"),
                cookie,
                atMillis);
    }

    Session renewed(Reply refresh, long atMillis) {
        JsonObject body = refresh.json();
        return new Session(id, body.getString("accessToken"), body.getString("refreshToken"), cookie, atMillis);
    }

    @Override
    public String toString() {
        return "Session[" + id + "]";
    }
}
