package dev.drover.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import dev.drover.realtime.socket.LiveSocket;
import dev.drover.testing.PackagedContract;
import dev.drover.testing.PackagedPort;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.TestIdentity;

@QuarkusIntegrationTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = PackagedPort.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
class RealtimePackagedIT extends PackagedContract {

    @Override
    protected String protectedGet() {
        return "/realtime/channels/public:packaged/messages";
    }

    /** The handshake, a wake-up by Redis, and frames both ways. */
    @Test
    void whatIsPublishedOverHttpArrivesOnASocket() {
        TestIdentity.Login login = logIn();
        try (LiveSocket socket = LiveSocket.of(RestAssured.port, login)) {
            socket.subscribe("public:packaged");
            as(login)
                    .contentType(ContentType.JSON)
                    .body("{\"data\":{\"text\":\"moo\"}}")
                    .post("/realtime/channels/public:packaged/messages")
                    .then()
                    .statusCode(201);

            JsonObject message = socket.next("message");
            assertThat(message.getJsonObject("data").getString("text")).isEqualTo("moo");
        }
    }
}
