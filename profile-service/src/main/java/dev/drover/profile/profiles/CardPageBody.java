package dev.drover.profile.profiles;

import java.util.List;

import jakarta.annotation.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Profiles by their handles, in order. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "ProfileCardPage")
record CardPageBody(
        List<CardBody> items,

        @Schema(description = "For the next page; none on the last") @Nullable
        String nextCursor) {}
