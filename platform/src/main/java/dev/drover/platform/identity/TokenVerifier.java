package dev.drover.platform.identity;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * Checks an access token by itself: signature, algorithm, key, issuer, audience and time. Whether its session still lives is not its question. What it
 * finds is told in the Vert.x context of whoever asked.
 */
public interface TokenVerifier {

    /** Fails with a {@link dev.drover.platform.problem.ServiceException} that says why the token does not count. */
    Uni<VerifiedToken> verify(String token);

    /** For keys that are fetched on a thread of their own: what follows of the request belongs where its own context is. */
    static <T> Uni<T> onCallersContext(Uni<T> fetched) {
        Context context = Vertx.currentContext();
        return context == null ? fetched : fetched.emitOn(command -> context.runOnContext(there -> command.run()));
    }
}
