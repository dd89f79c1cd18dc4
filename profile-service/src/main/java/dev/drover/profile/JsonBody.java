package dev.drover.profile;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.ServiceException;

/** A request's body, read as the JSON object it must be. */
public final class JsonBody {

    /** Deeper than anything here may be, so that it is the thing's own rule that refuses it. */
    private static final int DEPTH_MAX = 64;

    /** Numbers keep all their digits, and a member given twice is a mistake and not a choice. */
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH_MAX)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private JsonBody() {}

    /** Numbers keep their digits; what is no JSON, or a member given twice, is an exception. */
    public static JsonNode read(byte[] json) throws IOException {
        return JSON.readTree(json);
    }

    public static ObjectNode object(byte[] body) {
        if (parse(body) instanceof ObjectNode object) {
            return object;
        }
        throw ServiceException.invalid("", "must be an object");
    }

    private static JsonNode parse(byte[] body) {
        try {
            return read(body);
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
