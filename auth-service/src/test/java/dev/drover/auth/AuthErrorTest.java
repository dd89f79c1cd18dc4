package dev.drover.auth;

import dev.drover.platform.problem.ErrorCode;
import dev.drover.testing.ErrorCatalogue;

class AuthErrorTest extends ErrorCatalogue {

    @Override
    protected String section() {
        return "auth-service";
    }

    @Override
    protected ErrorCode[] codes() {
        return AuthError.values();
    }
}
