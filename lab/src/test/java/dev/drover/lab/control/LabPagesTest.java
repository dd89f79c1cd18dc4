package dev.drover.lab.control;

import static dev.drover.lab.control.RunningControlApi.headers;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import io.vertx.core.http.HttpMethod;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.drover.lab.control.RunningControlApi.Answer;

/** The files the pages consist of. */
class LabPagesTest {
    @TempDir
    Path data;

    private RunningControlApi api;

    @BeforeEach
    void listen() {
        api = new RunningControlApi(data);
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void everyFileOfEveryPageIsThere() {
        for (String page : List.of("/", "/lab/jobs", "/lab/playground", "/lab/mailbox", "/lab/api/")) {
            Answer answer = api.send(HttpMethod.GET, page, headers("Accept", "text/html"));
            assertThat(answer.status()).as(page).isEqualTo(200);
            assertThat(answer.headers().get("Content-Security-Policy"))
                    .as(page)
                    .doesNotContain("unsafe")
                    .contains("script-src 'self'");
            for (String path : referred(answer.body())) {
                Answer file = api.send(HttpMethod.GET, path, headers("Accept", "text/html"));
                assertThat(file.status()).as(page + " needs " + path).isEqualTo(200);
                importedBy(file.body())
                        .forEach(script -> assertThat(api.send(HttpMethod.GET, "/lab/" + script, headers())
                                        .status())
                                .as(path + " imports " + script)
                                .isEqualTo(200));
            }
        }
    }

    @Test
    void thePageLoadsNothingFromElsewhere() {
        Answer page = api.send(HttpMethod.GET, "/", headers());

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.headers().get("Content-Security-Policy")).startsWith("default-src 'none'");
        assertThat(page.body()).doesNotContain("http://").doesNotContain("https://");
        assertThat(api.send(HttpMethod.GET, "/lab/herd.js", headers()).body()).doesNotContain("innerHTML");
        assertThat(api.send(HttpMethod.GET, "/nothing", headers()).status()).isEqualTo(404);
    }

    @Test
    void theApiCanBeReadAndTriedOut() {
        Answer page = api.send(HttpMethod.GET, "/lab/api/", headers());

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.headers().get("Content-Security-Policy"))
                .contains("script-src 'self';", "style-src 'self';", "connect-src 'self';");
        assertThat(page.body()).doesNotContain("http://").doesNotContain("https://");
        for (String file : page.body().split("(href|src)=\"")) {
            String path = file.replaceFirst("(?s)\".*", "");
            if (path.startsWith("/lab/api/")) {
                assertThat(api.send(HttpMethod.GET, path, headers()).status())
                        .as(path)
                        .isEqualTo(200);
            }
        }
        assertThat(api.send(HttpMethod.GET, "/lab/api", headers()).headers().get("Location"))
                .isEqualTo("/lab/api/");
        assertThat(api.send(HttpMethod.GET, "/lab/api/swagger-ui-bundle.js", headers())
                        .body())
                .contains("SwaggerUIBundle");
        assertThat(api.send(HttpMethod.GET, "/lab/api/openapi.yaml", headers()).body())
                .contains("openapi: 3.1.0", "operationId: signUp");
    }

    private static List<String> referred(String page) {
        return Pattern.compile("(?:href|src)=\"(/[^\"#]*)\"")
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static List<String> importedBy(String script) {
        return Pattern.compile("^import .* from \"\\./([a-z-]+\\.js)\"", Pattern.MULTILINE)
                .matcher(script)
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
