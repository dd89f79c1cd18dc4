package dev.drover.lab.control;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/** The files of the lab's pages, read once: nothing from elsewhere, nothing inline. */
final class LabPages {
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
                    + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** Swagger UI's style sheet has its icons within itself. */
    private static final String API_POLICY = POLICY.replace("img-src 'self'", "img-src 'self' data:");

    private static final String HTML = "text/html; charset=utf-8";
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String STYLE = "text/css; charset=utf-8";
    private static final String WEB = "/web/";
    private static final String API = "/lab/api";
    private static final String SWAGGER_UI = "org.webjars/swagger-ui";

    private record Page(String contentType, String policy, Buffer content) {}

    private final Map<String, Page> pages = Map.ofEntries(
            Map.entry("/", page(HTML, POLICY, WEB + "index.html")),
            Map.entry("/lab/fleet.js", page(SCRIPT, POLICY, WEB + "fleet.js")),
            Map.entry("/lab/lab.css", page(STYLE, POLICY, WEB + "lab.css")),
            Map.entry("/lab/mailbox", page(HTML, POLICY, WEB + "mailbox.html")),
            Map.entry("/lab/mailbox.js", page(SCRIPT, POLICY, WEB + "mailbox.js")),
            Map.entry("/favicon.ico", page("image/svg+xml", POLICY, WEB + "icon.svg")),
            Map.entry(API + "/", page(HTML, API_POLICY, WEB + "api/index.html")),
            Map.entry(API + "/api.js", page(SCRIPT, API_POLICY, WEB + "api/api.js")),
            Map.entry(API + "/api.css", page(STYLE, API_POLICY, WEB + "api/api.css")),
            Map.entry(API + "/openapi.yaml", page("application/yaml", API_POLICY, WEB + "api/openapi.yaml")),
            Map.entry(API + "/swagger-ui.css", page(STYLE, API_POLICY, swaggerUi("swagger-ui.css"))),
            Map.entry(API + "/swagger-ui-bundle.js", page(SCRIPT, API_POLICY, swaggerUi("swagger-ui-bundle.js"))));

    /** @return whether there is such a page */
    boolean serve(HttpServerRequest request) {
        if (!(request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD)) {
            return false;
        }
        if (request.path().equals(API)) {
            request.response()
                    .setStatusCode(308)
                    .putHeader("Location", API + "/")
                    .end();
            return true;
        }
        Page page = pages.get(request.path());
        if (page == null) {
            return false;
        }
        request.response()
                .putHeader("Content-Type", page.contentType())
                .putHeader("Content-Security-Policy", page.policy())
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cache-Control", "no-cache")
                .end(page.content());
        return true;
    }

    private static Page page(String contentType, String policy, String resource) {
        return new Page(contentType, policy, Buffer.buffer(read(resource)));
    }

    /** Its folder in the jar is named after its version, which the jar says itself. */
    private static String swaggerUi(String file) {
        Properties jar = new Properties();
        try (InputStream properties =
                LabPages.class.getResourceAsStream("/META-INF/maven/" + SWAGGER_UI + "/pom.properties")) {
            jar.load(properties);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "/META-INF/resources/webjars/swagger-ui/" + jar.getProperty("version") + "/" + file;
    }

    private static byte[] read(String resource) {
        try (InputStream file = LabPages.class.getResourceAsStream(resource)) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
