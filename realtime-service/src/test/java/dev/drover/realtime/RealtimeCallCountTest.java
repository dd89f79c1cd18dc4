package dev.drover.realtime;

import dev.drover.testing.CallCountContract;

class RealtimeCallCountTest extends CallCountContract {

    @Override
    protected String service() {
        return "realtime-service";
    }
}
