package dev.drover.profile;

import dev.drover.testing.CallCountContract;

class ProfileCallCountTest extends CallCountContract {

    @Override
    protected String service() {
        return "profile-service";
    }
}
