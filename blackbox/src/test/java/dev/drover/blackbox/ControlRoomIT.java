package dev.drover.blackbox;

import java.util.Map;

import org.junit.jupiter.api.Test;

/** The lab's pages in a real browser. */
class ControlRoomIT {
    @Test
    void thePagesDoWhatAPersonExpects() throws Exception {
        Suite suite = Suite.shared();

        Browser.run("room.test.js", Map.of("GATEWAY", suite.gateway().toString()));
    }
}
