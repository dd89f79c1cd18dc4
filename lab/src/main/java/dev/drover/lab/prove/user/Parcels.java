package dev.drover.lab.prove.user;

import java.util.Arrays;
import java.util.Optional;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import dev.drover.lab.prove.client.Call;
import dev.drover.lab.prove.client.PublicApi;
import dev.drover.lab.prove.client.Reply;

/** A large file, sent in parts: each is asked for, sent and, when the store did not take it, asked for again. */
final class Parcels {
    /** Each is downloaded again by the audit. */
    private static final int PARCELS_MAX = 3;

    private static final int BYTES = 17 << 20;
    private static final int TRIES = 4;

    private final User user;
    private int sent;

    Parcels(User user) {
        this.user = user;
    }

    void sendOne() throws InterruptedException {
        if (sent == PARCELS_MAX) {
            return;
        }
        Optional<Session> session = user.session();
        if (session.isEmpty()) {
            return;
        }
        PublicApi api = user.world().api();
        String token = session.get().accessToken();
        byte[] bytes = new byte[BYTES];
        user.random().nextBytes(bytes);
        Content content = new Content("large.bin", "application/octet-stream", bytes);
        Reply granted =
                api.send(Call.post("/media/uploads", content.announced()).by(token));
        JsonObject parts = granted.json().getJsonObject("multipart");
        if (!granted.isDone() || parts == null) {
            user.heed(session.get(), granted);
            return;
        }
        sent++;
        String id = granted.json().getString("id");
        int size = parts.getInteger("partSizeBytes");
        for (int number = 1; number <= parts.getInteger("partCount"); number++) {
            byte[] part = Arrays.copyOfRange(bytes, (number - 1) * size, Math.min(BYTES, number * size));
            if (!isTaken(api, token, id, number, part)) {
                return;
            }
        }
        Reply complete =
                api.send(Call.post("/media/uploads/" + id + "/complete").by(token));
        Uploads.enter(user, id, content, complete);
    }

    private static boolean isTaken(PublicApi api, String token, String id, int number, byte[] part)
            throws InterruptedException {
        JsonObject announced = new JsonObject().put("number", number).put("sha256", Content.sha256(part));
        JsonObject wish = new JsonObject().put("parts", new JsonArray().add(announced));
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            Reply signed =
                    api.send(Call.post("/media/uploads/" + id + "/parts", wish).by(token));
            JsonArray given = signed.json().getJsonArray("parts", new JsonArray());
            if (signed.isDone() && !given.isEmpty()) {
                JsonObject place = given.getJsonObject(0);
                if (api.put(place.getString("url"), place.getJsonObject("headers"), part)
                        .isDone()) {
                    return true;
                }
            }
        }
        return false;
    }
}
