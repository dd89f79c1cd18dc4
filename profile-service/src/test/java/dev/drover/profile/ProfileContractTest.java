package dev.drover.profile;

import java.util.Optional;
import java.util.Set;

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

    /** A flag's version and reason come before its document, and evaluations are refused in OFREP's words. */
    @Override
    protected Set<String> judgeForThemselves() {
        return Set.of(
                "PUT /profiles/me/preferences",
                "PUT /flags/{key}",
                "POST /ofrep/v1/evaluate/flags",
                "POST /ofrep/v1/evaluate/flags/{key}");
    }

    @Override
    protected Optional<KeyedPost> keyedPost() {
        return Optional.empty();
    }
}
