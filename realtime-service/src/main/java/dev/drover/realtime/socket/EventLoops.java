package dev.drover.realtime.socket;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.inject.Singleton;

import io.netty.channel.EventLoop;

import dev.drover.platform.stateless.ProcessLocal;

/** The threads of this process's sockets, and what they have to send. */
@Singleton
final class EventLoops {

    @ProcessLocal(because = "one entry for each event loop, of which there are some for each core")
    private final Map<EventLoop, Departures> departures = new ConcurrentHashMap<>();

    Departures of(EventLoop loop) {
        return departures.computeIfAbsent(loop, Departures::new);
    }
}
