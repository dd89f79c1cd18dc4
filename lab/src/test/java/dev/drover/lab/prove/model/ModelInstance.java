package dev.drover.lab.prove.model;

import java.util.Optional;
import java.util.stream.Collectors;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** One instance of every service: who answers what. */
final class ModelInstance {
    private final ModelStore store;
    private final ModelSockets sockets;
    private final int number;
    private final ModelJobs jobs;
    private final ModelFlags flags;
    private final ModelAccounts accounts;
    private final ModelProfiles profiles;
    private final ModelFiles files;

    ModelInstance(Vertx vertx, ModelStore store, ModelSockets sockets, Defect defect, int number) {
        this.store = store;
        this.sockets = sockets;
        this.number = number;
        this.jobs = new ModelJobs(vertx, store, sockets, defect);
        this.flags = new ModelFlags(store, defect);
        this.accounts = new ModelAccounts(store, defect, number);
        this.profiles = new ModelProfiles(store, defect);
        this.files = new ModelFiles(store, sockets, defect);
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
            files.object(request, path.substring(9), body);
            return;
        }
        switch (route) {
            case "POST /auth/signup" -> accounts.signUp(request, json);
            case "POST /auth/login" -> accounts.logIn(request, json);
            case "POST /auth/refresh" -> accounts.refresh(request, json);
            case "GET /lab/mailbox" -> accounts.mailbox(request);
            default -> byCaller(request, route, json);
        }
    }

    private void byCaller(HttpServerRequest request, String route, JsonObject json) {
        if (route.startsWith("GET /profiles/erasures/")) {
            send(request, 200, new JsonObject().put("state", "done"));
            return;
        }
        if (route.startsWith("GET /profiles/acc_")) {
            profiles.card(request, request.path().substring("/profiles/".length()));
            return;
        }
        Optional<String> session = accounts.session(request);
        if (session.isEmpty()) {
            send(request, 401, new JsonObject().put("code", "session_revoked"));
            return;
        }
        String account = store.sessions.get(session.get()).account;
        switch (route) {
            case "POST /auth/logout" -> accounts.logOut(request, session.get());
            case "GET /auth/me" -> send(request, 200, accounts.me(account));
            case "GET /profiles/me" -> profiles.show(request, account);
            case "PATCH /profiles/me" -> profiles.patch(request, account, json);
            case "DELETE /profiles/me" -> profiles.erase(request, account);
            case "POST /media/uploads" -> files.grant(request, account, json);
            case "GET /media" -> files.list(request, account);
            default -> byPath(request, route, account, json);
        }
    }

    private void byPath(HttpServerRequest request, String route, String account, JsonObject json) {
        if (route.startsWith("DELETE /flags/")) {
            flags.remove(request);
        } else if (route.contains(" /flags/")) {
            flags.change(request, json);
        } else if (route.contains(" /ofrep/")) {
            flags.evaluate(request, number);
        } else if (route.contains(" /media/")) {
            files.answer(request, account);
        } else if (route.contains(" /realtime/")) {
            channel(request, json);
        } else {
            jobs.answer(request, route, account, json);
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

    static void sendNothing(HttpServerRequest request) {
        request.response().setStatusCode(204).end("");
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
