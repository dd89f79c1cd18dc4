package dev.drover.auth.page;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

import io.quarkus.test.common.http.TestHTTPResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.drover.auth.ServiceTest;
import dev.drover.testing.HttpContract;

@ServiceTest
class PageResourceTest {

    @TestHTTPResource("/auth/pages/")
    URI pages;

    @ParameterizedTest
    @CsvSource({
        "verify-email, text/html, data-post=\"/auth/verify-email\"",
        "reset-password, text/html, data-post=\"/auth/password/reset\"",
        "sessions, text/html, src=\"/auth/pages/sessions.js\"",
        "sessions.js, text/javascript, /auth/sessions",
        "page.js, text/javascript, location.hash",
        "page.css, text/css, main"
    })
    void aPageLoadsNothingFromElsewhere(String name, String type, String content) throws Exception {
        // Not by REST Assured: pages are no part of the API its answers are compared with.
        try (HttpClient browser = HttpClient.newHttpClient()) {
            HttpResponse<String> answer =
                    browser.send(HttpRequest.newBuilder(pages.resolve(name)).build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains(content);
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith(type);
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                    .contains("default-src 'none'");
            assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        }
    }

    @Test
    void thereIsNoOtherPage() {
        HttpContract.problem(
                given().get("/auth/pages/..%2Fapplication.properties").then(), 404, "not_found");
        HttpContract.problem(given().get("/auth/pages/other").then(), 404, "not_found");
    }
}
