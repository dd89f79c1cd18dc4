package dev.drover.auth;

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
}
