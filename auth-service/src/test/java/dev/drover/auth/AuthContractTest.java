package dev.drover.auth;

import java.util.Optional;
import java.util.Set;

import dev.drover.testing.HttpContract;

@ServiceTest
class AuthContractTest extends HttpContract {

    @Override
    protected String protectedGet() {
        return "/auth/me";
    }

    @Override
    protected String jsonPost() {
        return "/auth/signup";
    }

    @Override
    protected boolean acceptsTestTokens() {
        return false;
    }

    /** They ask for the account of the session, and those of the fixture have none. */
    @Override
    protected Set<String> mayRefuse() {
        return Set.of("POST /auth/verify-email/resend", "POST /auth/mfa/totp");
    }

    @Override
    protected Optional<KeyedPost> keyedPost() {
        String body = "{\"email\":\"%s\",\"password\":\"%s\"}";
        String email = Person.anybody().email();
        return Optional.of(new KeyedPost(
                jsonPost(),
                body.formatted(email, "a long enough secret"),
                body.formatted(email, "another long secret")));
    }
}
