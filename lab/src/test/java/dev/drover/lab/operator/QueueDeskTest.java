package dev.drover.lab.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.drover.lab.operator.SuiteApi.Answer;

/** What the desk asks of a suite, which here answers what it was given for a path. */
class QueueDeskTest {
    private final Vertx vertx = Vertx.vertx();
    private final Map<String, JsonObject> answers = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private SuiteApi api;
    private QueueDesk desk;

    @BeforeEach
    void open() {
        HttpServer suite = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> answer(request, body.toString())))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        api = new SuiteApi(URI.create("http://127.0.0.1:" + suite.actualPort()));
        desk = new QueueDesk(api, () -> Optional.of("admin"));
    }

    @AfterEach
    void close() {
        api.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void answer(HttpServerRequest request, String body) {
        String said = (request.method() + " " + request.uri() + " " + body).strip();
        asked.add(said);
        JsonObject known = answers.get(said);
        request.response()
                .setStatusCode(known == null ? 404 : 200)
                .end(known == null ? "{\"code\":\"queue_not_found\"}" : known.encode());
    }

    @Test
    void eachQueueIsShownWithHowItHasBeenDoingAndOneThatJustWentWithItsCounts() throws Exception {
        JsonObject mail = new JsonObject().put("name", "mail").put("counts", new JsonObject().put("dead", 1));
        JsonObject gone = new JsonObject().put("name", "gone").put("counts", new JsonObject());
        JsonObject detail = mail.copy().put("lastMinute", new JsonObject().put("dead", 1));
        answers.put(
                "GET /queues",
                new JsonObject().put("queues", new JsonArray().add(mail).add(gone)));
        answers.put("GET /queues/mail", detail);

        assertThat(desk.all().body().getJsonArray("queues")).containsExactly(detail, gone);
    }

    @Test
    void aRedriveGoesOnUntilAllWereLookedAt() throws Exception {
        answers.put(
                "POST /queues/mail/redrive {\"type\":\"mail.send\"}",
                new JsonObject().put("changed", 1_000).put("nextCursor", "c1"));
        answers.put(
                "POST /queues/mail/redrive {\"type\":\"mail.send\",\"cursor\":\"c1\"}",
                new JsonObject().put("changed", 7));

        Answer answer = desk.sweep("mail", "redrive", new JsonObject().put("type", "mail.send"));

        assertThat(answer.body().getInteger("changed")).isEqualTo(1_007);
        assertThat(asked).hasSize(2);
    }

    @Test
    void whatTheSuiteRefusesIsPassedOn() throws Exception {
        Answer refused = desk.turn("nothing", "pause");

        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.body().getString("code")).isEqualTo("queue_not_found");
    }

    @Test
    void ofTheDeadIsToldWhatTheyDiedOfAndNothingOfTheirOwners() throws Exception {
        JsonObject error = new JsonObject().put("reason", "attempts_spent").put("detail", "no answer");
        JsonObject job = new JsonObject()
                .put("id", "job_mail_1")
                .put("type", "mail.send")
                .put("owner", "usr_1")
                .put("endedAt", "2026-01-31T12:00:00Z")
                .put("error", error);
        answers.put(
                "GET /jobs?state=dead&limit=100&queue=mail",
                new JsonObject().put("jobs", new JsonArray().add(job)).put("nextCursor", "c"));

        JsonObject dead = desk.dead("mail").body();

        assertThat(dead.getBoolean("more")).isTrue();
        assertThat(dead.getJsonArray("jobs").getJsonObject(0).fieldNames())
                .containsExactlyInAnyOrder("id", "type", "endedAt", "error");
    }
}
