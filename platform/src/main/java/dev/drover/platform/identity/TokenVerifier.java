package dev.drover.platform.identity;

import io.smallrye.mutiny.Uni;

/** Checks an access token by itself: signature, algorithm, key, issuer, audience and time. Whether its session still lives is not its question. */
public interface TokenVerifier {

    /** Fails with a {@link dev.drover.platform.problem.ServiceException} that says why the token does not count. */
    Uni<VerifiedToken> verify(String token);
}
