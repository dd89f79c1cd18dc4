package dev.drover.profile.erasure;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import jakarta.annotation.Nullable;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.drover.platform.erasure.Erasure;
import dev.drover.platform.erasure.ErasureStep;

/** How far the erasure of a user is. */
@RegisterForReflection
@Schema(name = "Erasure")
record ErasureBody(
        @Schema(description = "Whoever has it may watch", examples = "06ek2v5w3xq9d4t8m1b7c0hzyn")
        String id,

        @Schema(enumeration = {"running", "done"}) String state,
        List<StepBody> steps,
        Instant requestedAt,
        @Nullable Instant finishedAt) {

    /** One step; they are done in this order. */
    @RegisterForReflection
    @Schema(name = "ErasureStep")
    record StepBody(
            @Schema(enumeration = {"account", "media", "jobs", "rooms", "profile"})
            String name,

            boolean done) {}

    static ErasureBody of(Erasure erasure) {
        return new ErasureBody(
                erasure.id(),
                erasure.finishedAt().isPresent() ? "done" : "running",
                Stream.of(ErasureStep.values())
                        .map(step -> new StepBody(step.word(), erasure.done().contains(step)))
                        .toList(),
                erasure.requestedAt(),
                erasure.finishedAt().orElse(null));
    }
}
