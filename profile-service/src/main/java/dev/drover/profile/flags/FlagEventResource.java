package dev.drover.profile.flags;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestStreamElementType;

import dev.drover.platform.drain.Drain;
import dev.drover.platform.flags.FlagCopy;
import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.ServiceException;
import dev.drover.platform.stateless.LocalTick;
import dev.drover.platform.stateless.ProcessLocal;

/**
 * OFREP's event stream: says that flags have changed and nothing of what, so it needs no credentials, which an EventSource could not send. Any
 * instance tells of any change; a client that was away gets the news first.
 */
@Path(FlagEventResource.EVENTS)
@Tag(name = "flags")
@RunOnVirtualThread
public class FlagEventResource {

    static final String EVENTS = "/ofrep/v1/events";

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    /** A comment of its own keeps proxies from taking a quiet stream for a dead one. */
    private static final int LOOKS_PER_SIGN_OF_LIFE = 150;

    private final FlagCopy copy;
    private final Drain drain;
    private final FlagAdminConfig config;

    @ProcessLocal(because = "how many streams this process has open, a bound on its own memory")
    private final AtomicInteger streams = new AtomicInteger();

    FlagEventResource(FlagCopy copy, Drain drain, FlagAdminConfig config) {
        this.copy = copy;
        this.drain = drain;
        this.config = config;
    }

    @GET
    // What returns a stream would not block otherwise.
    @Blocking
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "followFlags",
            summary = "Be told when flags change",
            description =
                    "Server-sent events `{type: \"refetchEvaluation\", etag, lastModified}` (OFREP 0.3); comments in between keep "
                            + "the connection. The stream ends after"
                            + " five minutes or when the instance stops; clients connect again by themselves, with `Last-Event-ID`.")
    @APIResponse(
            responseCode = "200",
            description = "The events",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(implementation = FlagEventBody.class)))
    @LocalTick(because = "looks at this process's copy for as long as a client listens")
    public Multi<OutboundSseEvent> follow(@HeaderParam("Last-Event-ID") String lastSeen, @Context Sse sse) {
        if (streams.incrementAndGet() > config.streamsMax()) {
            streams.decrementAndGet();
            throw new ServiceException(
                    PlatformError.OVERLOADED, "Too many clients follow the flags here.", Duration.ofSeconds(5));
        }
        long endNanos = System.nanoTime() + config.streamLength().toNanos();
        Looks looks = new Looks(lastSeen);
        return Multi.createFrom()
                .ticks()
                .startingAfter(Duration.ofMillis(1))
                .every(LOOK_EVERY)
                .onOverflow()
                .drop()
                .select()
                .first(tick -> !drain.isDraining() && System.nanoTime() - endNanos < 0)
                .map(tick -> looks.at(tick, sse))
                .select()
                .where(java.util.Optional::isPresent)
                .map(java.util.Optional::get)
                .onTermination()
                .invoke(streams::decrementAndGet);
    }

    /** What one stream has told. */
    private final class Looks {

        private long told;

        Looks(String lastSeen) {
            boolean isKnown = lastSeen != null && lastSeen.matches("\\d{1,18}");
            told = isKnown ? Long.parseLong(lastSeen) : copy.snapshot().revision();
        }

        java.util.Optional<OutboundSseEvent> at(long tick, Sse sse) {
            long revision = copy.snapshot().revision();
            if (revision >= 0 && revision != told) {
                told = revision;
                return java.util.Optional.of(sse.newEventBuilder()
                        .id(Long.toString(revision))
                        .mediaType(MediaType.APPLICATION_JSON_TYPE)
                        .data(FlagEventBody.of(copy.snapshot()))
                        .build());
            }
            return tick % LOOKS_PER_SIGN_OF_LIFE == 0
                    ? java.util.Optional.of(sse.newEventBuilder().comment("").build())
                    : java.util.Optional.empty();
        }
    }
}
