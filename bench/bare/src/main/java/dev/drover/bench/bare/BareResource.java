package dev.drover.bench.bare;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.common.annotation.RunOnVirtualThread;

/** 200 bytes and nothing else, on a virtual thread as the services answer, and on the event loop. */
@Path("/bare")
@Produces(MediaType.TEXT_PLAIN)
public class BareResource {

    private static final String BODY = "x".repeat(200);

    @GET
    @RunOnVirtualThread
    public String answer() {
        return BODY;
    }

    /** The same without leaving the event loop: the most that reactive handlers could save. */
    @GET
    @Path("reactive")
    @NonBlocking
    public String answerAtOnce() {
        return BODY;
    }
}
