package dev.drover.platform.redis;

/** The same of connections that calls share. */
class SharedConnectionFaultTest extends RedisFaultTest {

    @Override
    int pipeline() {
        return 2;
    }
}
