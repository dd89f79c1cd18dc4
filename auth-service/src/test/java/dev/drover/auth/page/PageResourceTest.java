package dev.drover.auth.page;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.drover.auth.ServiceTest;
import dev.drover.testing.HttpContract;

@ServiceTest
class PageResourceTest {

    @ParameterizedTest
    @CsvSource({
        "verify-email, text/html, data-post=\"/auth/verify-email\"",
        "reset-password, text/html, data-post=\"/auth/password/reset\"",
        "page.js, text/javascript, location.hash",
        "page.css, text/css, main"
    })
    void aPageLoadsNothingFromElsewhere(String name, String type, String content) {
        given().get("/auth/pages/" + name)
                .then()
                .statusCode(200)
                .contentType(containsString(type))
                .header("Content-Security-Policy", containsString("default-src 'none'"))
                .header("Referrer-Policy", "no-referrer")
                .body(containsString(content));
    }

    @Test
    void thereIsNoOtherPage() {
        HttpContract.problem(
                given().get("/auth/pages/..%2Fapplication.properties").then(), 404, "not_found");
        HttpContract.problem(given().get("/auth/pages/other").then(), 404, "not_found");
    }
}
