package dev.drover.auth;

import dev.drover.testing.CallCountContract;

class AuthCallCountTest extends CallCountContract {

    @Override
    protected String service() {
        return "auth-service";
    }
}
