package dev.drover.lab.prove.model;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import dev.drover.lab.prove.model.ModelStore.Profile;
import dev.drover.lab.prove.model.ModelStore.Session;

/** One instance of every service: accounts, sessions, profiles and files; the rest is its {@link ModelJobs}'. */
final class ModelInstance {
    static final String ADMIN = "admin@drover.test";
    private static final int UNITS = 5;
    private static final int EVERY = 3;

    private final ModelStore store;
    private final ModelSockets sockets;
    private final Defect defect;
    private final int number;
    private final ModelJobs jobs;
    private final ModelFlags flags;
    private int writes;
    private int unitsGivenHere;
    private static final String NO_BODY = "";

    ModelInstance(Vertx vertx, ModelStore store, ModelSockets sockets, Defect defect, int number) {
        this.store = store;
        this.sockets = sockets;
        this.defect = defect;
        this.number = number;
        this.jobs = new ModelJobs(vertx, store, sockets, defect);
        this.flags = new ModelFlags(store, defect);
    }

    void tick() {
        jobs.tick();
    }

    void handle(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            try {
                answer(request, body);
            } catch (RuntimeException e) {
                send(request, 500, new JsonObject().put("code", "internal").put("detail", e.toString()));
            }
        });
    }

    private void answer(HttpServerRequest request, Buffer body) {
        String path = request.path();
        JsonObject json = body.length() > 0 && body.getByte(0) == '{' ? new JsonObject(body) : new JsonObject();
        String route = request.method() + " " + path;
        if (path.startsWith("/objects/")) {
            object(request, path.substring(9), body);
            return;
        }
        switch (route) {
            case "POST /auth/signup" -> signUp(request, json);
            case "POST /auth/login" -> logIn(request, json);
            case "POST /auth/refresh" -> refresh(request, json);
            case "GET /lab/mailbox" -> mailbox(request);
            default -> byCaller(request, route, json);
        }
    }

    private void byCaller(HttpServerRequest request, String route, JsonObject json) {
        if (route.startsWith("GET /profiles/erasures/")) {
            send(request, 200, new JsonObject().put("state", "done"));
            return;
        }
        if (route.startsWith("GET /profiles/acc_")) {
            if (store.erased.contains(path(request, 2))) {
                send(request, 404, new JsonObject().put("code", "profile_not_found"));
                return;
            }
            Profile profile = profile(request.path().substring("/profiles/".length()));
            send(request, 200, new JsonObject().put("bio", profile.bio));
            return;
        }
        Optional<String> session = session(request);
        if (session.isEmpty()) {
            send(request, 401, new JsonObject().put("code", "session_revoked"));
            return;
        }
        String account = store.sessions.get(session.get()).account;
        switch (route) {
            case "POST /auth/logout" -> {
                store.sessions.get(session.get()).revoked = true;
                request.response().setStatusCode(204).end(NO_BODY);
            }
            case "GET /auth/me" -> send(request, 200, me(account));
            case "GET /profiles/me" -> sendProfile(request, profile(account));
            case "PATCH /profiles/me" -> patch(request, account, json);
            case "DELETE /profiles/me" -> erase(request, account);
            case "POST /media/uploads" -> grant(request, account, json);
            case "GET /media" ->
                send(
                        request,
                        200,
                        new JsonObject()
                                .put(
                                        "items",
                                        new JsonArray(store.files.values().stream()
                                                .filter(file ->
                                                        file.getString("owner").equals(account))
                                                .toList())));
            default -> {
                if (route.contains(" /flags/")) {
                    flags.change(request, json);
                } else if (route.contains(" /ofrep/")) {
                    flags.evaluate(request, number);
                } else if (route.contains(" /media/")) {
                    media(request, account);
                } else if (route.contains(" /realtime/")) {
                    channel(request, json);
                } else {
                    jobs.answer(request, route, account, json);
                }
            }
        }
    }

    private void signUp(HttpServerRequest request, JsonObject json) {
        JsonObject account = store.accounts.computeIfAbsent(
                json.getString("email"), email -> json.copy().put("id", store.next("acc")));
        if (defect != Defect.MAIL_FORGOTTEN || ++writes % EVERY != 0) {
            store.mailed.add(json.getString("email"));
        }
        send(request, 201, new JsonObject().put("id", account.getString("id")));
    }

    private void mailbox(HttpServerRequest request) {
        JsonArray mails = new JsonArray();
        if (store.mailed.contains(request.getParam("to"))) {
            mails.add(new JsonObject().put("text", "Welcome."));
        }
        send(request, 200, new JsonObject().put("mails", mails));
    }

    private void erase(HttpServerRequest request, String account) {
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
        send(request, 202, new JsonObject().put("id", "era_" + account));
    }

    private static String path(HttpServerRequest request, int part) {
        return request.path().split("/")[part];
    }

    private void logIn(HttpServerRequest request, JsonObject json) {
        JsonObject account = store.accounts.get(json.getString("email"));
        if (account == null || !account.getString("password").equals(json.getString("password"))) {
            send(request, 401, new JsonObject().put("code", "credentials_invalid"));
            return;
        }
        String id = store.next("ses");
        Session session = new Session(account.getString("id"), number);
        session.refreshTokens.add(store.next("rt"));
        store.sessions.put(id, session);
        request.response().putHeader("Set-Cookie", "drover_session=" + id + "; Path=/");
        send(request, 200, tokens(id, session));
    }

    private void refresh(HttpServerRequest request, JsonObject json) {
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
            send(request, 200, tokens(one.getKey(), one.getValue()));
            return;
        }
        send(request, 401, new JsonObject().put("code", "refresh_reused"));
    }

    private static JsonObject tokens(String id, Session session) {
        return new JsonObject()
                .put("sessionId", id)
                .put("accessToken", id)
                .put("refreshToken", session.refreshTokens.getLast());
    }

    private Optional<String> session(HttpServerRequest request) {
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

    private JsonObject me(String account) {
        boolean admin = store.accounts
                .getOrDefault(ADMIN, new JsonObject())
                .getString("id", "")
                .equals(account);
        return new JsonObject().put("id", account).put("roles", admin ? new JsonArray().add("admin") : new JsonArray());
    }

    private Profile profile(String account) {
        return store.profiles.computeIfAbsent(account, fresh -> new Profile());
    }

    private void patch(HttpServerRequest request, String account, JsonObject json) {
        Profile profile = profile(account);
        if (!request.getHeader("If-Match").equals("\"" + profile.version + "\"")) {
            send(request, 412, new JsonObject().put("code", "precondition_failed"));
            return;
        }
        if (defect == Defect.ACKNOWLEDGED_BEFORE_WRITTEN && ++writes % EVERY == 0) {
            Profile promised = new Profile();
            promised.version = profile.version + 1;
            promised.bio = json.getString("bio");
            sendProfile(request, promised);
            return;
        }
        profile.version++;
        profile.bio = json.getString("bio");
        sendProfile(request, profile);
    }

    private static void sendProfile(HttpServerRequest request, Profile profile) {
        request.response().putHeader("ETag", "\"" + profile.version + "\"");
        send(request, 200, new JsonObject().put("bio", profile.bio));
    }

    private void grant(HttpServerRequest request, String account, JsonObject json) {
        request.response().putHeader("RateLimit-Policy", "\"upload\";q=" + UNITS + ";w=300");
        request.response().putHeader("RateLimit", "\"upload\";r=1;t=1");
        long given = store.files.values().stream()
                .filter(file -> file.getString("owner").equals(account))
                .count();
        // Only what is one byte long is asked for by who wants too much.
        boolean greedy = json.getInteger("sizeBytes") == 1;
        boolean full = defect == Defect.LIMITER_COUNTS_LOCALLY ? unitsGivenHere >= UNITS : given >= UNITS;
        if (greedy && full) {
            send(request, 429, new JsonObject().put("code", "rate_limited"));
            return;
        }
        unitsGivenHere += greedy ? 1 : 0;
        String id = store.next("med");
        store.files.put(id, json.copy().put("id", id).put("owner", account).put("state", "pending"));
        send(
                request,
                201,
                new JsonObject().put("id", id).put("url", url(request, id)).put("headers", new JsonObject()));
    }

    private void media(HttpServerRequest request, String account) {
        String[] parts = request.path().split("/");
        boolean completes = parts.length == 5;
        JsonObject file = store.files.get(completes ? parts[3] : parts[2]);
        if (file == null || !file.getString("owner").equals(account)) {
            send(request, 404, new JsonObject().put("code", "not_found"));
        } else if (completes) {
            file.put("state", "ready");
            sockets.publish(
                    "user:" + account + ":events",
                    file.getString("id"),
                    new JsonObject().put("event", "media.ready").put("mediaId", file.getString("id")));
            send(request, 200, file);
        } else if (parts.length == 4) {
            send(request, 200, new JsonObject().put("url", url(request, file.getString("id"))));
        } else {
            send(request, 200, file);
        }
    }

    private void object(HttpServerRequest request, String id, Buffer body) {
        if (request.method().name().equals("PUT")) {
            byte[] bytes = body.getBytes();
            if (defect == Defect.FILE_DAMAGED && ++writes % EVERY == 0) {
                bytes[bytes.length / 2]++;
            }
            store.objects.put(id, bytes);
            request.response().end(NO_BODY);
        } else {
            byte[] bytes = store.objects.get(id);
            request.response()
                    .setStatusCode(bytes == null ? 404 : 200)
                    .end(Buffer.buffer(bytes == null ? new byte[0] : bytes));
        }
    }

    private void channel(HttpServerRequest request, JsonObject json) {
        String name = request.path().split("/")[3];
        if (request.method().name().equals("POST")) {
            long offset = sockets.publish(name, json.getString("id"), json.getValue("data"));
            send(
                    request,
                    201,
                    new JsonObject().put("epoch", ModelSockets.epoch()).put("offset", offset));
            return;
        }
        var messages = store.channel(name).messages;
        send(
                request,
                200,
                new JsonObject()
                        .put("epoch", ModelSockets.epoch())
                        .put("offset", messages.size())
                        .put("messages", new JsonArray(messages.stream().collect(Collectors.toList()))));
    }

    private static String url(HttpServerRequest request, String id) {
        return "http://" + request.getHeader("Host") + "/objects/" + id;
    }

    static void send(HttpServerRequest request, int status, JsonObject body) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .putHeader(
                        "X-Served-By",
                        "model-" + request.connection().localAddress().port())
                .end(body.encode());
    }
}
