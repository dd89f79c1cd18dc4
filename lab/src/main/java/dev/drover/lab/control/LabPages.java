package dev.drover.lab.control;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/** The files of the lab's page, read once: nothing from elsewhere, nothing inline. */
final class LabPages {
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
                    + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private record Page(String contentType, Buffer content) {}

    private final Map<String, Page> pages = Map.of(
            "/", load("index.html", "text/html; charset=utf-8"),
            "/lab/fleet.js", load("fleet.js", "text/javascript; charset=utf-8"),
            "/lab/lab.css", load("lab.css", "text/css; charset=utf-8"),
            "/favicon.ico", load("icon.svg", "image/svg+xml"));

    /** @return whether there is such a page */
    boolean serve(HttpServerRequest request) {
        Page page = pages.get(request.path());
        if (page == null || !(request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD)) {
            return false;
        }
        request.response()
                .putHeader("Content-Type", page.contentType())
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cache-Control", "no-cache")
                .end(page.content());
        return true;
    }

    private static Page load(String name, String contentType) {
        try (InputStream file = LabPages.class.getResourceAsStream("/web/" + name)) {
            return new Page(contentType, Buffer.buffer(file.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
