package dev.drover.profile.flags;

import java.time.Duration;
import java.util.Map;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.drover.platform.flags.Evaluation;
import dev.drover.platform.problem.ErrorCode;
import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.ServiceException;
import dev.drover.profile.ProfileError;

/**
 * Evaluations as OFREP 0.3 has them. An error is a problem (RFC 9457) that has the members of OFREP too, so that a client of either finds
 * what it looks for.
 */
final class OfrepAnswer {

    private OfrepAnswer() {}

    static ObjectNode of(String key, Evaluation evaluation, Staleness staleness) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("key", key);
        switch (evaluation) {
            case Evaluation.Resolved resolved -> {
                body.set("value", resolved.value());
                body.put("reason", resolved.reason().name()).put("variant", resolved.variant());
                ObjectNode metadata = body.putObject("metadata");
                metadata.put("flagVersion", resolved.flag().version());
                resolved.rule().ifPresent(rule -> metadata.put("rule", rule));
                staleness.addTo(metadata);
            }
            case Evaluation.Failed failed ->
                body.put("errorCode", failed.error().name()).put("errorDetails", failed.details());
        }
        return body;
    }

    /** How old the copy is, where that is older than it may be. */
    record Staleness(boolean isStale, Duration age) {

        void addTo(ObjectNode metadata) {
            if (isStale) {
                metadata.put("stale", true).put("ageSeconds", age.toSeconds());
            }
        }
    }

    static ServiceException problem(String key, Evaluation.Failed failed) {
        return problem(
                switch (failed.error()) {
                    case FLAG_NOT_FOUND -> ProfileError.FLAG_NOT_FOUND;
                    case TARGETING_KEY_MISSING -> ProfileError.TARGETING_KEY_MISSING;
                    case INVALID_CONTEXT -> ProfileError.CONTEXT_INVALID;
                    case PARSE_ERROR -> ProfileError.FLAG_UNREADABLE;
                    case PROVIDER_NOT_READY -> ProfileError.FLAGS_NOT_LOADED;
                },
                key,
                failed.error().name(),
                failed.details());
    }

    /** @param key null for all flags */
    static ServiceException problem(ErrorCode code, String key, String error, String details) {
        Map<String, Object> members = key == null
                ? Map.of("errorCode", error, "errorDetails", details)
                : Map.of("key", key, "errorCode", error, "errorDetails", details);
        return new ServiceException(
                code, details, code == ProfileError.FLAGS_NOT_LOADED ? Duration.ofSeconds(1) : null, members);
    }

    static ServiceException malformed(String key, String details) {
        return problem(PlatformError.MALFORMED_JSON, key, Evaluation.Error.PARSE_ERROR.name(), details);
    }

    static ServiceException invalidContext(String key, String details) {
        return problem(ProfileError.CONTEXT_INVALID, key, Evaluation.Error.INVALID_CONTEXT.name(), details);
    }
}
