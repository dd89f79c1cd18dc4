package dev.drover.lab.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.drover.lab.control.RunningControlApi.Answer;

/** The files the pages consist of. */
class LabPagesTest {
    @RegisterExtension
    final RunningControlApi api = new RunningControlApi();

    @Test
    void everyFileOfEveryPageIsThere() {
        for (String page : List.of("/", "/lab/jobs", "/lab/playground", "/lab/mailbox", "/lab/api/")) {
            Answer answer = api.get(page, "Accept", "text/html");
            assertThat(answer.status()).as(page).isEqualTo(200);
            assertThat(answer.headers().get("Content-Security-Policy"))
                    .as(page)
                    .doesNotContain("unsafe")
                    .contains("script-src 'self'");
            for (String path : referred(answer.body())) {
                Answer file = api.get(path, "Accept", "text/html");
                assertThat(file.status()).as(page + " needs " + path).isEqualTo(200);
                importedBy(file.body())
                        .forEach(script -> assertThat(api.get("/lab/" + script).status())
                                .as(path + " imports " + script)
                                .isEqualTo(200));
            }
        }
    }

    @Test
    void thePageLoadsNothingFromElsewhere() {
        Answer page = api.get("/");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.headers().get("Content-Security-Policy")).startsWith("default-src 'none'");
        assertThat(page.body()).doesNotContain("http://").doesNotContain("https://");
        assertThat(api.get("/lab/herd.js").body()).doesNotContain("innerHTML");
        assertThat(api.get("/nothing").status()).isEqualTo(404);
    }

    /** A client cannot tell whether it was the gateway or a service that did not find it. */
    @Test
    void whatIsNowhereIsSaidInTheWordsOfTheServices() throws IOException {
        Answer answer = api.get("/nothing");

        assertThat(answer.body()).contains("\"code\":\"not_found\"", "\"title\":\"There is nothing here\"");
        assertThat(Files.readString(Path.of(System.getProperty("drover.home"), "docs", "errors.md")))
                .contains("| `not_found` | 404 | There is nothing here |");
    }

    @Test
    void theApiCanBeReadAndTriedOut() {
        Answer page = api.get("/lab/api/");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.headers().get("Content-Security-Policy"))
                .contains("script-src 'self';", "style-src 'self';", "connect-src 'self';");
        assertThat(page.body()).doesNotContain("http://").doesNotContain("https://");
        for (String file : page.body().split("(href|src)=\"")) {
            String path = file.replaceFirst("(?s)\".*", "");
            if (path.startsWith("/lab/api/")) {
                assertThat(api.get(path).status()).as(path).isEqualTo(200);
            }
        }
        assertThat(api.get("/lab/api").headers().get("Location")).isEqualTo("/lab/api/");
        assertThat(api.get("/lab/api/swagger-ui-bundle.js").body()).contains("SwaggerUIBundle");
        assertThat(api.get("/lab/api/openapi.yaml").body()).contains("openapi: 3.1.0", "operationId: signUp");
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
