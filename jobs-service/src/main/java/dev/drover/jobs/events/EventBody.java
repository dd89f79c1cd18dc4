package dev.drover.jobs.events;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The data of an event. */
@RegisterForReflection
@Schema(name = "JobEvent")
record EventBody(String jobId, String state, int attempt, int progress) {}
