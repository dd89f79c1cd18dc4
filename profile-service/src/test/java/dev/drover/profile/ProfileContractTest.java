package dev.drover.profile;

import java.util.Optional;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;

import dev.drover.testing.HttpContract;
import dev.drover.testing.RedisFixture;

@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class ProfileContractTest extends HttpContract {

    @Override
    protected String protectedGet() {
        return "/profiles/me";
    }

    @Override
    protected String jsonPost() {
        return "/profiles/me";
    }

    @Override
    protected String jsonMethod() {
        return "PUT";
    }

    @Override
    protected String methodNotTaken() {
        return "POST";
    }

    @Override
    protected RequestSpecification prepared(RequestSpecification request) {
        return request.header("If-Match", "\"0\"");
    }

    @Override
    protected Optional<KeyedPost> keyedPost() {
        return Optional.empty();
    }
}
