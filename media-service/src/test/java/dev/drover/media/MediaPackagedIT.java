package dev.drover.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.net.URI;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import org.junit.jupiter.api.Test;

import dev.drover.platform.objectstore.Sha256;
import dev.drover.testing.ObjectStoreFixture;
import dev.drover.testing.PackagedContract;
import dev.drover.testing.PackagedPort;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.TestIdentity;

@QuarkusIntegrationTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
@WithTestResource(value = ObjectStoreFixture.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
@WithTestResource(value = PackagedPort.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
class MediaPackagedIT extends PackagedContract {

    @Override
    protected String protectedGet() {
        return "/media";
    }

    /** The store's client: signatures, checksums, and the answer to a HEAD. */
    @Test
    void aFileGoesStraightToTheStoreAndIsFoundThere() {
        TestIdentity.Login login = logIn();
        JsonPath upload = as(login)
                .contentType(ContentType.JSON)
                .body("""
                        {"purpose":"file","fileName":"herd.txt","contentType":"text/plain",\
                        "sizeBytes":%d,"sha256":"%s"}""".formatted(Files.TEXT.length, Sha256.of(Files.TEXT).hex()))
                .post("/media/uploads")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();

        assertThat(StoreClient.put(URI.create(upload.getString("url")), upload.getMap("headers"), Files.TEXT))
                .isEqualTo(200);

        as(login)
                .post("/media/uploads/" + upload.getString("id") + "/complete")
                .then()
                .statusCode(200)
                .body("state", equalTo("verified"));
    }
}
