package dev.drover.auth.token;

import java.security.PublicKey;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

import dev.drover.platform.identity.TokenClaims;
import dev.drover.platform.identity.TokenVerifier;
import dev.drover.platform.identity.VerifiedToken;

/**
 * Verifies tokens by the keys this service signs with, in place of a fetch from itself. Only when the copy of the keys is due does it leave
 * the event loop to read the folder.
 */
@Singleton
final class LocalTokenVerifier implements TokenVerifier {

    private final TokenClaims claims;
    private final SigningKeys keys;

    LocalTokenVerifier(TokenClaims claims, SigningKeys keys) {
        this.claims = claims;
        this.keys = keys;
    }

    @Override
    public Uni<VerifiedToken> verify(String token) {
        if (!keys.isStale()) {
            return Uni.createFrom().item(() -> verify(token, keys.inMemory()));
        }
        return TokenVerifier.onCallersContext(
                        Uni.createFrom().item(keys::current).runSubscriptionOn(Infrastructure.getDefaultWorkerPool()))
                .map(ring -> verify(token, ring));
    }

    private VerifiedToken verify(String token, KeyRing ring) {
        PublicKey key = ring.verifying(claims.keyId(token)).orElseThrow(TokenClaims::unknownKey);
        return claims.verify(token, key);
    }
}
