package dev.drover.profile.flags;

import jakarta.validation.constraints.NotNull;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Whether a flag is on. */
@RegisterForReflection
@Schema(name = "FlagSwitch")
record EnabledBody(@NotNull Boolean enabled) {}
