package dev.drover.platform.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.container.ContainerRequestContext;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.ServiceException;

/**
 * Reads no body that is too large, said or not, and none whose connection is gone. One that says so is refused unread at the same place where
 * one that does not is refused while it is read: once it is known who asks, and counted. Whatever the answer, the connection of the
 * first ends with it, so that nobody has to take the rest.
 */
final class BoundedBodies {

    /** Before anything that answers. */
    private static final int PRIORITY = 900;

    private final long bytesMax;

    BoundedBodies(@ConfigProperty(name = "drover.http.body-max") MemorySize bodyMax) {
        this.bytesMax = bodyMax.asLongValue();
    }

    void endConnections(@Observes Filters filters) {
        filters.register(
                request -> {
                    if (saysTooMuch(request)) {
                        UnreadBody.closeAfterAnswer(request);
                    }
                    request.next();
                },
                PRIORITY);
    }

    @ServerRequestFilter(priority = FilterOrder.BODY)
    void bound(ContainerRequestContext context, RoutingContext routing) {
        if (routing.response().closed()) {
            // Its end was told before anybody listened: whoever read on would wait for the read time-out.
            throw new ServiceException(PlatformError.BAD_REQUEST, "The connection ended before the request did.");
        }
        if (saysTooMuch(routing)) {
            throw tooLarge();
        }
        if (routing.request().getHeader(HttpHeaders.TRANSFER_ENCODING) != null) {
            context.setEntityStream(new Counted(context.getEntityStream(), routing));
        }
    }

    private boolean saysTooMuch(RoutingContext routing) {
        String length = routing.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        // The server has seen to it that they are digits.
        return length != null && (length.length() > 18 || Long.parseLong(length) > bytesMax);
    }

    private ServiceException tooLarge() {
        return new ServiceException(
                PlatformError.BODY_TOO_LARGE,
                "A body has at most " + bytesMax
                        + " bytes here; file bytes go to the object store by a presigned URL.");
    }

    private final class Counted extends FilterInputStream {

        private final RoutingContext routing;
        private long bytes;

        Counted(InputStream body, RoutingContext routing) {
            super(body);
            this.routing = routing;
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            int read = super.read(to, offset, length);
            count(read);
            return read;
        }

        private void count(int read) {
            bytes += Math.max(0, read);
            if (bytes > bytesMax) {
                UnreadBody.closeAfterAnswer(routing);
                throw tooLarge();
            }
        }
    }
}
