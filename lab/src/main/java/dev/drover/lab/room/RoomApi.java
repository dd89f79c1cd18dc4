package dev.drover.lab.room;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

import dev.drover.lab.access.Access;
import dev.drover.lab.access.Requests;
import dev.drover.lab.gateway.Problems;
import dev.drover.lab.room.RoomActions.Outcome;

/** The control room over HTTP: what it shows, and what can be done in it. */
public final class RoomApi {
    private static final Pattern KILL = Pattern.compile("/lab/instances/([a-z0-9-]{1,64})/kill");
    private static final Pattern SCALE = Pattern.compile("/lab/services/([a-z-]{1,32})/scale");
    private static final Pattern RESTART = Pattern.compile("/lab/services/([a-z-]{1,32})/restart");
    private static final Pattern STORE = Pattern.compile("/lab/stores/([a-z0-9]{1,16})/([a-z]{1,16})");
    private static final Pattern REPORT = Pattern.compile("/lab/proofs/([A-Za-z0-9._-]{1,80})/report");

    /** A report is one page with its style and script within it; as a sandbox it has no origin, so it can act on nothing here. */
    private static final String REPORT_POLICY =
            "sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline'; "
                    + "style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Access access;
    private final Room room;
    private final RoomActions actions;
    private final ProofDesk proofs;
    private final Context context;

    RoomApi(Access access, Room room, RoomActions actions, ProofDesk proofs, Context context) {
        this.access = access;
        this.room = room;
        this.actions = actions;
        this.proofs = proofs;
        this.context = context;
    }

    private interface Action {
        Outcome run(JsonObject body) throws IOException;
    }

    /** @return whether there is such a path */
    public boolean handle(HttpServerRequest request) {
        String path = request.path();
        Matcher kill = KILL.matcher(path);
        Matcher scale = SCALE.matcher(path);
        Matcher restart = RESTART.matcher(path);
        Matcher store = STORE.matcher(path);
        Matcher report = REPORT.matcher(path);
        if (path.equals("/lab/stream")) {
            look(request, () -> room.stream().open(request));
        } else if (path.equals("/lab/key")) {
            look(request, () -> key(request));
        } else if (path.equals("/lab/proofs") && request.method() == HttpMethod.GET) {
            look(request, () -> reports(request));
        } else if (report.matches()) {
            // A link is followed without headers.
            if (Requests.is(HttpMethod.GET, request) && access.mayFollow(request)) {
                report(request, report.group(1));
            }
        } else if (kill.matches()) {
            act(request, body -> actions.signal(kill.group(1), body));
        } else if (scale.matches()) {
            act(request, body -> actions.scale(scale.group(1), body));
        } else if (restart.matches()) {
            act(request, body -> actions.restart(restart.group(1)));
        } else if (store.matches()) {
            act(request, body -> actions.store(store.group(1), store.group(2)));
        } else if (path.equals("/lab/load")) {
            act(request, actions::load);
        } else if (path.equals("/lab/proofs")) {
            act(request, actions::beginProof);
        } else if (path.equals("/lab/proofs/end")) {
            act(request, body -> actions.endProof());
        } else {
            return false;
        }
        return true;
    }

    private void look(HttpServerRequest request, Runnable then) {
        if (Requests.is(HttpMethod.GET, request) && access.mayLook(request)) {
            then.run();
        }
    }

    /** The whole request is read before it is answered: an answer that overtakes its request unsettles a kept connection. */
    private void act(HttpServerRequest request, Action action) {
        if (!Requests.is(HttpMethod.POST, request)) {
            return;
        }
        Requests.withBody(request, body -> {
            if (access.mayAct(request)) {
                Thread.ofVirtual().start(() -> {
                    Outcome outcome = run(action, body);
                    context.runOnContext(now -> answer(request, outcome));
                    room.lookSoon();
                });
            }
        });
    }

    private static Outcome run(Action action, JsonObject body) {
        try {
            return action.run(body);
        } catch (IOException e) {
            return new Outcome.Refused(502, "not_done", "Not done", String.valueOf(e.getMessage()));
        }
    }

    private static void answer(HttpServerRequest request, Outcome outcome) {
        switch (outcome) {
            case Outcome.Done done -> request.response().setStatusCode(204).end();
            case Outcome.Refused refused ->
                Problems.send(request, refused.status(), refused.code(), refused.title(), refused.detail());
        }
    }

    private void key(HttpServerRequest request) {
        try {
            Optional<String> key = access.forPage(request);
            if (key.isPresent()) {
                Requests.sendJson(request, new JsonObject().put("key", key.get()));
                return;
            }
        } catch (IOException e) {
            // Who asks cannot be told: then it is nobody's.
        }
        Problems.send(
                request,
                403,
                "not_given",
                "Not given",
                "only the lab's own page, of the user who runs it, is given the key");
    }

    private void reports(HttpServerRequest request) {
        Thread.ofVirtual().start(() -> {
            JsonObject found;
            try {
                found = new JsonObject().put("reports", proofs.reports(access::sealed));
            } catch (IOException e) {
                context.runOnContext(now -> Problems.send(
                        request, 500, "unreadable", "Unreadable", "the folder of the proofs cannot be read"));
                return;
            }
            context.runOnContext(now -> Requests.sendJson(request, found));
        });
    }

    private void report(HttpServerRequest request, String id) {
        Optional<Path> page = proofs.page(id);
        if (page.isEmpty()) {
            Problems.send(request, 404, "no_such_report", "No such report", "no proof of this name has a report");
            return;
        }
        Thread.ofVirtual().start(() -> {
            Buffer content;
            try {
                content = Buffer.buffer(Files.readAllBytes(page.get()));
            } catch (IOException e) {
                context.runOnContext(now ->
                        Problems.send(request, 404, "no_such_report", "No such report", "it cannot be read any more"));
                return;
            }
            context.runOnContext(now -> request.response()
                    .putHeader("Content-Type", "text/html; charset=utf-8")
                    .putHeader("Content-Security-Policy", REPORT_POLICY)
                    .putHeader("X-Content-Type-Options", "nosniff")
                    .putHeader("Referrer-Policy", "no-referrer")
                    .putHeader("Cache-Control", "no-cache")
                    .end(content));
        });
    }
}
