package dev.drover.media.library;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import jakarta.annotation.Nullable;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.drover.platform.medialedger.VariantName;
import dev.drover.platform.problem.JudgedBody;
import dev.drover.platform.problem.ServiceException;
import dev.drover.platform.problem.Violation;

/** The body of {@code POST /media/{id}/shares}. */
@RegisterForReflection
@Schema(name = "ShareRequest")
record ShareRequest(
        @Schema(enumeration = {"original", "preview", "avatar64", "avatar256"}) @Nullable
        String variant,

        @Schema(examples = "P7D", description = "An ISO-8601 duration, from a minute on") @Nullable
        Duration validFor)
        implements JudgedBody {

    @Override
    public List<Violation> violations() {
        return variant == null || VariantName.parse(variant).isPresent()
                ? List.of()
                : List.of(new Violation("/variant", "must be the name of a variant"));
    }

    VariantName wanted() {
        return variant == null
                ? VariantName.ORIGINAL
                : VariantName.parse(variant).orElseThrow();
    }

    /** @param max as long as a link may be used */
    Optional<Duration> validFor(Duration max) {
        if (validFor != null && (validFor.compareTo(Duration.ofMinutes(1)) < 0 || validFor.compareTo(max) > 0)) {
            throw ServiceException.invalid("/validFor", "must be PT1M to " + max);
        }
        return Optional.ofNullable(validFor);
    }
}
