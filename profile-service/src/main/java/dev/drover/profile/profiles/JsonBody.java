package dev.drover.profile.profiles;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.ServiceException;

/** A request's body, read as the JSON object it must be. */
final class JsonBody {

    private JsonBody() {}

    static ObjectNode object(byte[] body) {
        if (new String(body, StandardCharsets.UTF_8).isBlank()) {
            throw ServiceException.invalid("", "must be a JSON object");
        }
        if (parse(body) instanceof ObjectNode object) {
            return object;
        }
        throw new ServiceException(PlatformError.MALFORMED_JSON, "A JSON object is expected as body.");
    }

    private static JsonNode parse(byte[] body) {
        try {
            return ProfileDocument.parse(body);
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            throw new ServiceException(
                    PlatformError.MALFORMED_JSON,
                    at == null
                            ? "Not valid JSON."
                            : "Not valid JSON at line " + at.getLineNr() + ", column " + at.getColumnNr() + ".");
        } catch (NumberFormatException e) {
            throw new ServiceException(PlatformError.MALFORMED_JSON, "A number is too long.");
        } catch (IOException e) {
            throw new ServiceException(PlatformError.MALFORMED_JSON, "Not valid JSON: the text is not UTF-8.");
        }
    }
}
