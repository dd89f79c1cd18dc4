package dev.drover.platform.flags;

import java.time.Instant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The stored form of a flag: its version, when it was changed, and the document as it was written. */
public record StoredFlag(long version, Instant updatedAt, ObjectNode document) {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    /** Fails with IllegalArgumentException when it is none. */
    public static StoredFlag parse(String stored) {
        String[] parts = stored.split(" ", 3);
        try {
            if (parts.length == 3 && JSON.readTree(parts[2]) instanceof ObjectNode document) {
                return new StoredFlag(
                        Long.parseLong(parts[0]), Instant.ofEpochMilli(Long.parseLong(parts[1])), document);
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a stored flag is no JSON", e);
        }
        throw new IllegalArgumentException("a stored flag has a version, a time and a document");
    }
}
