package dev.drover.platform.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

import jakarta.ws.rs.container.ContainerRequestContext;

import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.ServiceException;

/** Reads no body whose connection is gone, and counts one that did not say how long it would be while it is read. Quarkus does too, and would end the request without a word. */
final class BoundedBodies {

    /** Where Quarkus keeps its own limit. */
    private static final String LIMIT_OF_QUARKUS = "io.quarkus.max-request-size";

    private final long bytesMax;

    BoundedBodies(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize bodyMax) {
        this.bytesMax = bodyMax.asLongValue();
    }

    @ServerRequestFilter(priority = FilterOrder.BODY)
    void bound(ContainerRequestContext context, RoutingContext routing) {
        if (routing.response().closed()) {
            // Its end was told before anybody listened: whoever read on would wait for the read time-out.
            throw new ServiceException(PlatformError.BAD_REQUEST, "The connection ended before the request did.");
        }
        if (routing.request().getHeader(HttpHeaders.TRANSFER_ENCODING) != null) {
            routing.remove(LIMIT_OF_QUARKUS);
            context.setEntityStream(new Counted(context.getEntityStream(), routing));
        }
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
                throw new ServiceException(PlatformError.BODY_TOO_LARGE, "A body has at most " + bytesMax + " bytes.");
            }
        }
    }
}
