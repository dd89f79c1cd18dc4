package dev.drover.profile.flags;

import java.util.List;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** All flags, by their keys. */
@RegisterForReflection
@Schema(name = "FlagList")
record FlagListBody(List<FlagBody> items) {}
