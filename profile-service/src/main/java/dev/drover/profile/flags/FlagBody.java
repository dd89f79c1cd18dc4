package dev.drover.profile.flags;

import java.time.Instant;

import jakarta.annotation.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.drover.platform.flags.StoredFlag;

/** A flag as admins see it. What they wrote is stored as JSON and passes through as it is. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Flag")
record FlagBody(
        @Schema(examples = "new-checkout") String key,
        @Schema(examples = "boolean") String type,

        @Schema(examples = "The checkout of one page.") @Nullable
        String description,

        @Schema(description = "False: its kill switch was thrown")
        boolean enabled,

        @Schema(ref = "FlagVariants") @JsonRawValue String variants,
        @Schema(examples = "off") String defaultVariant,

        @Schema(description = "What everybody gets while it is not enabled or outside its schedule") @Nullable
        String offVariant,

        @Schema(ref = "FlagRules") @JsonRawValue String rules,
        @Schema(ref = "FlagWindow") @JsonRawValue @Nullable String schedule,

        @Schema(description = "As in the ETag", examples = "7")
        long version,

        Instant updatedAt) {

    static FlagBody of(String key, StoredFlag flag) {
        ObjectNode document = flag.document();
        return new FlagBody(
                key,
                document.path("type").asText(),
                text(document.get("description")),
                document.path("enabled").asBoolean(true),
                document.path("variants").toString(),
                document.path("defaultVariant").asText(),
                text(document.get("offVariant")),
                document.has("rules") ? document.get("rules").toString() : "[]",
                document.hasNonNull("schedule") ? document.get("schedule").toString() : null,
                flag.version(),
                flag.updatedAt());
    }

    private static String text(JsonNode node) {
        return node == null || node.isNull() ? null : node.asText();
    }
}
