package dev.drover.profile;

import dev.drover.platform.problem.ErrorCode;
import dev.drover.testing.ErrorCatalogue;

class ProfileErrorTest extends ErrorCatalogue {

    @Override
    protected String section() {
        return "profile-service";
    }

    @Override
    protected ErrorCode[] codes() {
        return ProfileError.values();
    }
}
