package dev.drover.lab.tour.client;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

/** An answer over HTTP, with the instance that gave it and how long it took. */
public record Answer(String request, HttpResponse<byte[]> raw, Duration took) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SHOWN_CHARS_MAX = 300;

    public int status() {
        return raw.statusCode();
    }

    /** The instance by its own word; the address for what is none of the suite's services, such as S3. */
    public String servedBy() {
        return header("X-Served-By").orElseGet(() -> raw.uri().getAuthority());
    }

    public Optional<String> header(String name) {
        return raw.headers().firstValue(name);
    }

    /** The body as JSON; a missing node when it is something else. */
    public JsonNode json() {
        try {
            return JSON.readTree(raw.body());
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The text at a JSON pointer; a body without it is a failure. */
    public String text(String pointer) {
        JsonNode value = json().at(pointer);
        if (value.isMissingNode() || value.isNull() || value.isContainerNode()) {
            throw failure("a body with " + pointer);
        }
        return value.asText();
    }

    public Answer expect(int... statuses) {
        if (Arrays.stream(statuses).noneMatch(expected -> expected == status())) {
            throw failure("status "
                    + String.join(
                            " or ",
                            Arrays.stream(statuses).mapToObj(Integer::toString).toList()));
        }
        return this;
    }

    public Answer expectText(String pointer, String expected) {
        if (!text(pointer).equals(expected)) {
            throw failure(pointer + " = " + expected);
        }
        return this;
    }

    public TourFailure failure(String expected) {
        return new TourFailure(request, expected, describe(), servedBy());
    }

    private String describe() {
        String body = new String(raw.body(), StandardCharsets.UTF_8).strip();
        String shown = body.length() > SHOWN_CHARS_MAX ? body.substring(0, SHOWN_CHARS_MAX) + "…" : body;
        return "status " + status() + (shown.isEmpty() ? "" : ", " + shown);
    }
}
