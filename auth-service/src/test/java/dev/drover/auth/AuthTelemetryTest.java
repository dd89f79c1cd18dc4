package dev.drover.auth;

import dev.drover.testing.TelemetryContract;

@ServiceTest
class AuthTelemetryTest extends TelemetryContract {

    @Override
    protected String protectedGet() {
        return "/auth/me";
    }
}
