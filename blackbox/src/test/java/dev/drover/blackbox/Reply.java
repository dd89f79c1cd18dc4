package dev.drover.blackbox;

import java.net.http.HttpResponse;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** An answer, with the instance that gave it. */
record Reply(int status, JsonNode body, String servedBy, HttpResponse<String> raw) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Reply of(HttpResponse<String> raw) {
        try {
            JsonNode body = raw.body().isBlank() ? JSON.nullNode() : JSON.readTree(raw.body());
            return new Reply(
                    raw.statusCode(),
                    body,
                    raw.headers().firstValue("X-Served-By").orElse(""),
                    raw);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON, status " + raw.statusCode() + ": " + raw.body(), e);
        }
    }

    String text(String pointer) {
        return body.at(pointer).asText();
    }

    Optional<String> header(String name) {
        return raw.headers().firstValue(name);
    }

    /** The cookie of a {@code Set-Cookie} header, as a {@code Cookie} header carries it. */
    String cookie() {
        String set = header("Set-Cookie").orElseThrow(() -> new AssertionError("no cookie was set"));
        return set.substring(0, set.indexOf(';'));
    }
}
