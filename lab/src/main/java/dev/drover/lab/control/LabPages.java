package dev.drover.lab.control;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
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
    private static final String LAB = "/lab/";
    private static final String API = "/lab/api";
    private static final List<String> SCRIPTS = List.of(
            "access.js",
            "charts.js",
            "controls.js",
            "elements.js",
            "events.js",
            "herd.js",
            "jobs.js",
            "ledger.js",
            "live.js",
            "mailbox.js",
            "playground.js",
            "playground-account.js",
            "playground-chat.js",
            "playground-flags.js",
            "playground-jobs.js",
            "playground-picture.js",
            "playground-profile.js",
            "playground-suite.js",
            "room.js");

    private record Page(String contentType, String policy, Buffer content) {}

    private final Map<String, Page> pages = new HashMap<>();

    /** @param storeOrigin where the playground sends uploads to and loads pictures from; empty for nowhere else */
    LabPages(String storeOrigin) {
        String playground = storeOrigin.isEmpty()
                ? POLICY
                : POLICY.replace("connect-src 'self'", "connect-src 'self' " + storeOrigin)
                        .replace("img-src 'self'", "img-src 'self' blob: " + storeOrigin);
        pages.put("/", page(HTML, POLICY, WEB + "index.html"));
        pages.put("/favicon.ico", page("image/svg+xml", POLICY, WEB + "icon.svg"));
        pages.put(LAB + "lab.css", page(STYLE, POLICY, WEB + "lab.css"));
        pages.put(LAB + "room.css", page(STYLE, POLICY, WEB + "room.css"));
        pages.put(LAB + "playground.css", page(STYLE, POLICY, WEB + "playground.css"));
        pages.put(LAB + "jobs.css", page(STYLE, POLICY, WEB + "jobs.css"));
        pages.put(LAB + "jobs", page(HTML, POLICY, WEB + "jobs.html"));
        pages.put(LAB + "mailbox", page(HTML, POLICY, WEB + "mailbox.html"));
        pages.put(LAB + "playground", page(HTML, playground, WEB + "playground.html"));
        SCRIPTS.forEach(name -> pages.put(LAB + name, page(SCRIPT, POLICY, WEB + name)));
        pages.put(LAB + "drover-realtime.js", page(SCRIPT, POLICY, WEB + "drover-realtime.js"));
        pages.put(LAB + "chart.js", page(SCRIPT, POLICY, webJar("org.webjars.npm", "chart.js", "dist/chart.umd.js")));
        pages.put(API + "/", page(HTML, API_POLICY, WEB + "api/index.html"));
        pages.put(API + "/api.js", page(SCRIPT, API_POLICY, WEB + "api/api.js"));
        pages.put(API + "/api.css", page(STYLE, API_POLICY, WEB + "api/api.css"));
        pages.put(API + "/openapi.yaml", page("application/yaml", API_POLICY, WEB + "api/openapi.yaml"));
        pages.put(
                API + "/swagger-ui.css",
                page(STYLE, API_POLICY, webJar("org.webjars", "swagger-ui", "swagger-ui.css")));
        pages.put(
                API + "/swagger-ui-bundle.js",
                page(SCRIPT, API_POLICY, webJar("org.webjars", "swagger-ui", "swagger-ui-bundle.js")));
    }

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
    private static String webJar(String group, String name, String file) {
        Properties jar = new Properties();
        try (InputStream properties =
                LabPages.class.getResourceAsStream("/META-INF/maven/" + group + "/" + name + "/pom.properties")) {
            jar.load(properties);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "/META-INF/resources/webjars/" + name + "/" + jar.getProperty("version") + "/" + file;
    }

    private static byte[] read(String resource) {
        try (InputStream file = LabPages.class.getResourceAsStream(resource)) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
