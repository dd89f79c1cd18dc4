package dev.drover.lab.queues;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

import dev.drover.lab.access.Access;
import dev.drover.lab.access.Requests;
import dev.drover.lab.gateway.Problems;
import dev.drover.lab.operator.QueueDesk;
import dev.drover.lab.operator.SuiteApi.Answer;

/** {@code /lab/queues}: what the room's page of jobs shows and does, by the lab's own admin of the suite. */
public final class QueuesApi {
    private static final String ALL = "/lab/queues";
    private static final Pattern ONE =
            Pattern.compile(ALL + "/([a-z][a-z0-9-]{0,31})/(dead|pause|resume|redrive|drain)");

    private final Access access;
    private final Optional<QueueDesk> desk;

    /** @param desk nothing where the lab is not the suite's admin */
    public QueuesApi(Access access, Optional<QueueDesk> desk) {
        this.access = access;
        this.desk = desk;
    }

    private interface Question {
        Answer of(QueueDesk desk) throws IOException, InterruptedException;
    }

    /** @return whether there is such a path */
    public boolean handle(HttpServerRequest request) {
        Matcher one = ONE.matcher(request.path());
        if (request.path().equals(ALL)) {
            look(request, QueueDesk::all);
        } else if (!one.matches()) {
            return false;
        } else if (one.group(2).equals("dead")) {
            look(request, open -> open.dead(one.group(1)));
        } else if (Requests.is(HttpMethod.POST, request)) {
            Requests.withBody(request, body -> {
                if (access.mayAct(request)) {
                    ask(request, open -> acted(open, one.group(1), one.group(2), body));
                }
            });
        }
        return true;
    }

    private static Answer acted(QueueDesk desk, String queue, String action, JsonObject body)
            throws IOException, InterruptedException {
        return switch (action) {
            case "redrive", "drain" -> desk.sweep(queue, action, body);
            default -> desk.turn(queue, action);
        };
    }

    private void look(HttpServerRequest request, Question question) {
        if (Requests.is(HttpMethod.GET, request) && access.mayLook(request)) {
            ask(request, question);
        }
    }

    private void ask(HttpServerRequest request, Question question) {
        if (desk.isEmpty()) {
            Problems.send(request, 404, "no_admin", "No admin", "the lab is not an admin of this suite");
            return;
        }
        if (!desk.get().isOpen()) {
            Problems.send(request, 503, "not_logged_in", "Not logged in", "the lab is not logged in to the suite yet");
            return;
        }
        Context context = Vertx.currentContext();
        Thread.ofVirtual().name("queue-desk").start(() -> {
            Answer answer = asked(question);
            context.runOnContext(now -> send(request, answer));
        });
    }

    private Answer asked(Question question) {
        try {
            return question.of(desk.orElseThrow());
        } catch (IOException e) {
            return new Answer(502, new JsonObject());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(502, new JsonObject());
        }
    }

    /** A refusal of the suite's is passed on with its own words. */
    private static void send(HttpServerRequest request, Answer answer) {
        if (answer.isGood()) {
            Requests.sendJson(request, answer.body());
            return;
        }
        Problems.send(
                request,
                answer.status() == 401 ? 503 : answer.status(),
                answer.body().getString("code", "not_answered"),
                answer.body().getString("title", "Not answered"),
                answer.body().getString("detail", "the suite did not answer"));
    }
}
