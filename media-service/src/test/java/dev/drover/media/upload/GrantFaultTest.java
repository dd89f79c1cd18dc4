package dev.drover.media.upload;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;

import dev.drover.media.Files;
import dev.drover.media.ServiceTest;
import dev.drover.platform.objectstore.Sha256;
import dev.drover.testing.KeyedPostFaults;
import dev.drover.testing.TestIdentity;

@ServiceTest
class GrantFaultTest {

    @Test
    void aGrantOutlivesTheFailureOfAnyCallToRedis() {
        KeyedPostFaults.survives(4, Grant::new);
    }

    private static final class Grant implements KeyedPostFaults.Attempt {

        private final TestIdentity.Login owner = TestIdentity.logIn();
        private final String key = UUID.randomUUID().toString();

        @Override
        public Response send() {
            return given().header("Authorization", owner.bearer())
                    .header("Idempotency-Key", key)
                    .contentType(ContentType.JSON)
                    .body("""
                            {"fileName":"a.txt","contentType":"text/plain","sizeBytes":15,\
                            "sha256":"%s","purpose":"file"}""".formatted(Sha256.of(Files.TEXT).hex()))
                    .post("/media/uploads");
        }

        @Override
        public void verify(Response answer) {
            Response list = given().header("Authorization", owner.bearer()).get("/media");
            assertThat(list.jsonPath().getList("items.id", String.class)).containsExactly(answer.<String>path("id"));
        }
    }
}
