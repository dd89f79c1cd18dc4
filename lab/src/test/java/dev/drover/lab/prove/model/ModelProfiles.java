package dev.drover.lab.prove.model;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

import dev.drover.lab.prove.model.ModelStore.Profile;

/** Profiles of the model, and the end of all that belongs to a user. */
final class ModelProfiles {
    private static final int EVERY = 3;

    private final ModelStore store;
    private final Defect defect;
    private int writes;

    ModelProfiles(ModelStore store, Defect defect) {
        this.store = store;
        this.defect = defect;
    }

    void card(HttpServerRequest request, String account) {
        if (store.erased.contains(account)) {
            ModelInstance.send(request, 404, new JsonObject().put("code", "profile_not_found"));
            return;
        }
        ModelInstance.send(request, 200, new JsonObject().put("bio", profile(account).bio));
    }

    void show(HttpServerRequest request, String account) {
        send(request, profile(account));
    }

    void patch(HttpServerRequest request, String account, JsonObject json) {
        Profile profile = profile(account);
        if (!request.getHeader("If-Match").equals("\"" + profile.version + "\"")) {
            ModelInstance.send(request, 412, new JsonObject().put("code", "precondition_failed"));
            return;
        }
        if (defect == Defect.ACKNOWLEDGED_BEFORE_WRITTEN && ++writes % EVERY == 0) {
            Profile promised = new Profile();
            promised.version = profile.version + 1;
            promised.bio = json.getString("bio");
            send(request, promised);
            return;
        }
        profile.version++;
        profile.bio = json.getString("bio");
        send(request, profile);
    }

    void erase(HttpServerRequest request, String account) {
        store.accounts.values().removeIf(one -> one.getString("id").equals(account));
        store.sessions.values().stream()
                .filter(session -> session.account.equals(account))
                .forEach(session -> session.revoked = true);
        store.files.values().removeIf(file -> {
            boolean theirs = file.getString("owner").equals(account);
            if (theirs) {
                store.objects.remove(file.getString("id"));
            }
            return theirs;
        });
        if (defect != Defect.ERASED_BY_HALF) {
            store.erased.add(account);
        }
        ModelInstance.send(request, 202, new JsonObject().put("id", "era_" + account));
    }

    private Profile profile(String account) {
        return store.profiles.computeIfAbsent(account, fresh -> new Profile());
    }

    private static void send(HttpServerRequest request, Profile profile) {
        request.response().putHeader("ETag", "\"" + profile.version + "\"");
        ModelInstance.send(request, 200, new JsonObject().put("bio", profile.bio));
    }
}
