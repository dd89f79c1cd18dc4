package dev.drover.profile.flags;

import java.time.Instant;
import java.util.List;

import jakarta.annotation.Nullable;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An API key as admins see it. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "ApiKey")
record ApiKeyBody(
        String id,
        @Schema(examples = "shop front end") String name,
        @Schema(description = "The admin who made it") String createdBy,
        Instant createdAt,

        @Schema(description = "For `X-API-Key`; only in the answer that creates it") @Nullable
        String key) {

    static ApiKeyBody of(ApiKeys.Entry entry, String key) {
        return new ApiKeyBody(entry.id(), entry.name(), entry.by(), entry.createdAt(), key);
    }

    /** All keys, in the order they were made. */
    @RegisterForReflection
    @Schema(name = "ApiKeyList")
    record Page(List<ApiKeyBody> items) {}

    /** A key that is to be made. */
    @RegisterForReflection
    @Schema(name = "NewApiKey")
    record New(
            @NotNull @Pattern(regexp = "[A-Za-z0-9 ._-]{1,100}")
            String name) {}
}
