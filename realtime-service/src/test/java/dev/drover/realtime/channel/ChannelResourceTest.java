package dev.drover.realtime.channel;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import java.util.UUID;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.drover.testing.HttpContract;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.TestIdentity;

@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class ChannelResourceTest {

    private final TestIdentity.Login alice = TestIdentity.logIn();
    private final String messages = "/realtime/channels/public:" + UUID.randomUUID() + "/messages";

    @Test
    void aPublishedMessageCanBeReadBack() {
        publish("{\"id\":\"m1\",\"data\":{\"text\":\"hej\"}}").statusCode(201).body("offset", equalTo(1));
        caller().get(messages)
                .then()
                .statusCode(200)
                .body("offset", equalTo(1))
                .body("gap", equalTo(false))
                .body("messages", hasSize(1))
                .body("messages[0].id", equalTo("m1"))
                .body("messages[0].data.text", equalTo("hej"))
                .body("messages[0].from", equalTo(alice.sub()));
    }

    @Test
    void aRepeatIsTheSameMessage() {
        publish("{\"id\":\"m1\",\"data\":1}").statusCode(201);
        publish("{\"id\":\"m1\",\"data\":1}")
                .statusCode(200)
                .header("Idempotency-Replayed", "true")
                .body("offset", equalTo(1));
        HttpContract.problem(publish("{\"id\":\"m1\",\"data\":2}"), 422, "message_id_reused");
    }

    @Test
    void theIdempotencyKeyNamesAMessageWithoutId() {
        String first = withKey("k1")
                .statusCode(201)
                .body("id", startsWith("evt_"))
                .extract()
                .path("id");
        withKey("k1").statusCode(201).header("Idempotency-Replayed", "true").body("id", equalTo(first));
        withKey("k2").statusCode(201).body("offset", equalTo(2));
    }

    @Test
    void historyIsReadOnFromAPosition() {
        String epoch = publish("{\"data\":1}").statusCode(201).extract().path("epoch");
        publish("{\"data\":2}").statusCode(201);
        publish("{\"data\":3}").statusCode(201);
        caller().queryParam("since", epoch + ":1")
                .queryParam("limit", 1)
                .get(messages)
                .then()
                .statusCode(200)
                .body("offset", equalTo(3))
                .body("gap", equalTo(false))
                .body("messages.offset", contains(2));
        caller().queryParam("since", "elsewhen:1")
                .get(messages)
                .then()
                .statusCode(200)
                .body("gap", equalTo(true))
                .body("messages.offset", contains(1, 2, 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "x:-1", ":1", "x:1:2", "x:9999999999999999999"})
    void aPositionThatIsNoneIsAProblem(String since) {
        HttpContract.problem(caller().queryParam("since", since).get(messages).then(), 400, "validation_failed");
    }

    @Test
    void whatIsNotTheCallersIsRefused() {
        String foreign = "/realtime/channels/user:usr_other:events/messages";
        HttpContract.problem(caller().get(foreign).then(), 403, "channel_forbidden");
        HttpContract.problem(
                caller().contentType(ContentType.JSON)
                        .body("{\"data\":1}")
                        .post(foreign)
                        .then(),
                403,
                "channel_forbidden");
        HttpContract.problem(
                caller().get("/realtime/channels/{c}/messages", "public:\u0435").then(), 400, "validation_failed");
        HttpContract.problem(
                caller().get("/realtime/channels/{c}/messages", "public:" + "x".repeat(200))
                        .then(),
                400,
                "validation_failed");
    }

    @Test
    void aMessageWithoutDataIsAProblem() {
        HttpContract.problem(publish("{\"id\":\"m1\"}"), 400, "validation_failed");
        HttpContract.problem(publish("{\"id\":\"a b\",\"data\":1}"), 400, "validation_failed");
    }

    @Test
    void aLimitThatIsNoNumberIsAProblemOfTheRequestAndNotOfThePath() {
        HttpContract.problem(caller().get(messages + "?limit=x").then(), 400, "validation_failed");
    }

    @Test
    void aMessageOverTheFrameLimitIsAProblem() {
        String data = "x".repeat(32 * 1024);
        HttpContract.problem(publish("{\"id\":\"m1\",\"data\":\"" + data + "\"}"), 413, "frame_too_large");
    }

    private ValidatableResponse publish(String body) {
        return caller().contentType(ContentType.JSON).body(body).post(messages).then();
    }

    private ValidatableResponse withKey(String key) {
        return caller().header("Idempotency-Key", key)
                .contentType(ContentType.JSON)
                .body("{\"data\":1}")
                .post(messages)
                .then();
    }

    private RequestSpecification caller() {
        return given().header("Authorization", alice.bearer());
    }
}
