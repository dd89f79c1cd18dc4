package dev.drover.auth.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import io.smallrye.common.annotation.RunOnVirtualThread;
import org.eclipse.microprofile.openapi.annotations.Operation;

import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.ServiceException;

/**
 * The pages that links in mails lead to where nobody has made better ones ({@link dev.drover.auth.mail.MailConfig}). Opening one does
 * nothing; nothing is loaded from elsewhere.
 */
@Path("/auth/pages")
@RunOnVirtualThread
public class PageResource {

    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    @GET
    @Path("/{name}")
    @Operation(hidden = true)
    public Response page(@PathParam("name") String name) {
        return switch (name) {
            case "verify-email" -> answer("verify-email.html", "text/html;charset=utf-8");
            case "reset-password" -> answer("reset-password.html", "text/html;charset=utf-8");
            case "sessions" -> answer("sessions.html", "text/html;charset=utf-8");
            case "sessions.js" -> answer("sessions.js", "text/javascript;charset=utf-8");
            case "page.js" -> answer("page.js", "text/javascript;charset=utf-8");
            case "page.css" -> answer("page.css", "text/css;charset=utf-8");
            default -> throw new ServiceException(PlatformError.NOT_FOUND, "There is no such page.");
        };
    }

    private static Response answer(String file, String contentType) {
        return Response.ok(read(file), contentType)
                .header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .build();
    }

    private static byte[] read(String file) {
        try (InputStream content = PageResource.class.getClassLoader().getResourceAsStream("pages/" + file)) {
            if (content == null) {
                throw new IllegalStateException("page is missing: " + file);
            }
            return content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
