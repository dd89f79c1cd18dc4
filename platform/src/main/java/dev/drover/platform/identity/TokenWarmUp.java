package dev.drover.platform.identity;

import jakarta.inject.Singleton;

import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

import dev.drover.platform.problem.ServiceException;
import dev.drover.platform.start.WarmUp;

/** Checks a token of nobody's: the example of RFC 7515, appendix A.3, which is signed well and was issued by another. */
@Singleton
final class TokenWarmUp implements WarmUp {

    private static final String KEY = """
            {"kty":"EC","crv":"P-256",
             "x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
             "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}""";

    private static final String TOKEN = "eyJhbGciOiJFUzI1NiJ9"
            + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
            + ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

    private final TokenClaims claims;

    TokenWarmUp(TokenClaims claims) {
        this.claims = claims;
    }

    @Override
    public void run() throws JoseException {
        try {
            claims.verify(TOKEN, PublicJsonWebKey.Factory.newPublicJwk(KEY).getPublicKey());
        } catch (ServiceException refused) {
            // As it must be.
        }
    }
}
