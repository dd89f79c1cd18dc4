package dev.drover.platform.idempotency;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The entity of an answer as it will be sent: every service answers JSON, written by the one mapper of the application. */
@Singleton
final class EntityBytes {

    private final ObjectMapper json;

    EntityBytes(ObjectMapper json) {
        this.json = json;
    }

    /** Empty when it cannot be written as JSON; then whoever sends it says so. */
    Optional<byte[]> of(Object entity) {
        if (entity == null) {
            return Optional.of(new byte[0]);
        }
        if (entity instanceof byte[] bytes) {
            return Optional.of(bytes);
        }
        if (entity instanceof String text) {
            return Optional.of(text.getBytes(StandardCharsets.UTF_8));
        }
        try {
            return Optional.of(json.writeValueAsBytes(entity));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
