package dev.drover.profile.flags;

import java.util.List;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.drover.platform.flags.Evaluation;
import dev.drover.platform.flags.Evaluator;
import dev.drover.platform.flags.FlagSnapshot;
import dev.drover.platform.flags.Flags;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.problem.Problems;
import dev.drover.platform.problem.ServiceException;
import dev.drover.platform.ratelimit.RateLimited;
import dev.drover.platform.ratelimit.RouteClass;
import dev.drover.profile.JsonBody;

/** OFREP: flags evaluated for whoever speaks it, by this instance's copy. By token, cookie or {@code X-API-Key}. */
@Path(OfrepResource.EVALUATE)
@Tag(name = "flags")
@Authenticated
@RateLimited(RouteClass.EVALUATE)
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class OfrepResource {

    static final String EVALUATE = "/ofrep/v1/evaluate/flags";

    private static final int INACTIVITY_SECONDS = 120;

    private final Flags flags;
    private final String events;

    OfrepResource(Flags flags, @ConfigProperty(name = "PUBLIC_BASE_URL") String publicBaseUrl) {
        this.flags = flags;
        this.events = publicBaseUrl.replaceAll("/+$", "") + FlagEventResource.EVENTS;
    }

    @POST
    @Path("/{key}")
    @Operation(
            operationId = "evaluateFlag",
            summary = "Evaluate a flag for a context",
            description = "OFREP 0.3. Also by an API key in `X-API-Key`.")
    @RequestBody(required = true, content = @Content(schema = @Schema(ref = "EvaluationRequest")))
    @APIResponse(
            responseCode = "200",
            description = "What the flag is for it",
            content = @Content(schema = @Schema(ref = "FlagEvaluation")))
    @Problems({
        "malformed_json",
        "context_invalid",
        "targeting_key_missing",
        "flag_unreadable",
        "flag_not_found",
        "flags_not_loaded"
    })
    public ObjectNode one(@PathParam("key") String key, byte[] body) {
        ObjectNode context = context(key, body);
        return switch (flags.evaluate(key, context)) {
            case Evaluation.Resolved resolved -> OfrepAnswer.of(key, resolved, staleness());
            case Evaluation.Failed failed -> throw OfrepAnswer.problem(key, failed);
        };
    }

    @POST
    @Operation(
            operationId = "evaluateFlags",
            summary = "Evaluate all flags for a context",
            description =
                    "OFREP 0.3. Also by an API key in `X-API-Key`. With the `ETag` of an earlier answer as `If-None-Match`, 304 when nothing has changed.")
    @RequestBody(required = true, content = @Content(schema = @Schema(ref = "EvaluationRequest")))
    @APIResponse(
            responseCode = "200",
            description = "What all flags are for it, by their keys, errors among them",
            content = @Content(schema = @Schema(ref = "FlagEvaluations")),
            headers = @Header(name = "ETag", ref = "ETag"))
    @APIResponse(
            responseCode = "304",
            description = "As the client has it",
            headers = @Header(name = "ETag", ref = "ETag"))
    @Problems({"malformed_json", "context_invalid", "flags_not_loaded"})
    public Response all(
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) String known,
            @QueryParam("flagConfigEtag")
                    @Parameter(
                            description =
                                    "Of the event that made the client ask; this instance has every change within a second")
                    String etag,
            @QueryParam("flagConfigLastModified") @Parameter(description = "Of the event that made the client ask")
                    String lastModified,
            byte[] body) {
        ObjectNode context = context(null, body);
        FlagSnapshot snapshot = flags.copy().snapshot();
        if (!snapshot.isLoaded()) {
            throw OfrepAnswer.problem(
                    null,
                    new Evaluation.Failed(
                            Evaluation.Error.PROVIDER_NOT_READY, "This instance has not read the flags yet."));
        }
        OfrepAnswer.Staleness staleness = staleness();
        ArrayNode evaluations = JsonNodeFactory.instance.arrayNode();
        snapshot.flags()
                .keySet()
                .forEach(
                        key -> evaluations.add(OfrepAnswer.of(key, flags.evaluate(snapshot, key, context), staleness)));
        snapshot.faulty().keySet().stream()
                .sorted()
                .forEach(
                        key -> evaluations.add(OfrepAnswer.of(key, flags.evaluate(snapshot, key, context), staleness)));
        // Of what is answered and not of the configuration: time and context decide too.
        String tag = Ids.derive(evaluations.toString());
        EntityTag entity = new EntityTag(tag);
        if (isKnown(known, tag)) {
            return Response.notModified(entity).build();
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("flags", evaluations);
        answer.putArray("eventStreams")
                .addObject()
                .put("type", "sse")
                .put("url", events)
                .put("inactivityDelaySec", INACTIVITY_SECONDS);
        staleness.addTo(answer.putObject("metadata").put("revision", snapshot.revision()));
        return Response.ok(answer).tag(entity).build();
    }

    /** A client may send the tag without quotes or as a weak one, as OFREP's examples have it. */
    private static boolean isKnown(String ifNoneMatch, String tag) {
        return ifNoneMatch != null
                && List.of(ifNoneMatch.split(",")).stream()
                        .map(one -> one.strip().replaceFirst("^W/", "").replace("\"", ""))
                        .anyMatch(tag::equals);
    }

    private OfrepAnswer.Staleness staleness() {
        return new OfrepAnswer.Staleness(flags.copy().isStale(), flags.copy().age());
    }

    private static ObjectNode context(String key, byte[] body) {
        ObjectNode request;
        try {
            request = JsonBody.object(body);
        } catch (ServiceException e) {
            throw e.violations().isEmpty()
                    ? OfrepAnswer.malformed(key, e.getMessage())
                    : OfrepAnswer.invalidContext(key, "The body must be an object.");
        }
        if (!(request.get("context") instanceof ObjectNode context)) {
            throw OfrepAnswer.invalidContext(key, "The body must have context, an object.");
        }
        if (context.hasNonNull(Evaluator.TARGETING_KEY)
                && !context.get(Evaluator.TARGETING_KEY).isTextual()) {
            throw OfrepAnswer.invalidContext(key, "The targetingKey must be a string.");
        }
        return context;
    }
}
