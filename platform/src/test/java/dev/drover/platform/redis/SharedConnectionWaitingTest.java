package dev.drover.platform.redis;

/** The same of connections that calls share. */
class SharedConnectionWaitingTest extends RedisWaitingTest {

    @Override
    int pipeline() {
        return 2;
    }
}
