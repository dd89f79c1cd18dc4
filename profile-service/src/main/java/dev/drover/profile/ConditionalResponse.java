package dev.drover.profile;

import java.util.function.Supplier;

import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;

/** An answer to GET that spares a client the body it already has. */
public final class ConditionalResponse {

    private ConditionalResponse() {}

    public static Response of(Request conditions, EntityTag tag, Supplier<?> body) {
        Response.ResponseBuilder unchanged = conditions.evaluatePreconditions(tag);
        return unchanged == null
                ? Response.ok(body.get()).tag(tag).build()
                : unchanged.tag(tag).build();
    }
}
