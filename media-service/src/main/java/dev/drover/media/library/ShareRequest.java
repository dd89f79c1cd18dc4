package dev.drover.media.library;

import java.time.Duration;
import java.util.Optional;

import jakarta.annotation.Nullable;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.drover.platform.medialedger.VariantName;
import dev.drover.platform.problem.ServiceException;

/** The body of {@code POST /media/{id}/shares}. */
@Schema(name = "ShareRequest")
record ShareRequest(
        @Schema(enumeration = {"original", "preview", "avatar64", "avatar256"}) @Nullable
        String variant,

        @Schema(examples = "P7D", description = "An ISO-8601 duration, from a minute on") @Nullable
        Duration validFor) {

    VariantName wanted() {
        return variant == null
                ? VariantName.ORIGINAL
                : VariantName.parse(variant)
                        .orElseThrow(() -> ServiceException.invalid("/variant", "must be the name of a variant"));
    }

    /** @param max as long as a link may be used */
    Optional<Duration> validFor(Duration max) {
        if (validFor != null && (validFor.compareTo(Duration.ofMinutes(1)) < 0 || validFor.compareTo(max) > 0)) {
            throw ServiceException.invalid("/validFor", "must be PT1M to " + max);
        }
        return Optional.ofNullable(validFor);
    }
}
