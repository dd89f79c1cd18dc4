package dev.drover.realtime.socket;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.StartupEvent;

import dev.drover.platform.channels.ChannelName;
import dev.drover.platform.stateless.ProcessLocal;
import dev.drover.realtime.RealtimeConfig;
import dev.drover.realtime.connection.Order;

/** The sockets this instance holds at this moment. */
@Singleton
final class Clients {

    @ProcessLocal(
            because = "the sockets this process holds, to send them away when it stops; messages go through Redis")
    private final Map<String, Client> open = new ConcurrentHashMap<>();

    @ProcessLocal(because = "those of them nobody knows yet, to bound their number")
    private final Set<Client> unauthenticated = ConcurrentHashMap.newKeySet();

    private final Duration reconnectSpread;

    Clients(RealtimeConfig config) {
        this.reconnectSpread = config.socket().reconnectSpread();
    }

    /** Not before: this bean is made while the registry still has no filters, and the gauge would go without its common tags. */
    void measure(@Observes StartupEvent event, MeterRegistry meters) {
        Gauge.builder("drover.realtime.sockets", open, Map::size)
                .description("sockets open on this instance")
                .register(meters);
    }

    void add(String connectionId, Client client) {
        open.put(connectionId, client);
        unauthenticated.add(client);
    }

    void identify(Client client, Identified as) {
        client.identify(as);
        unauthenticated.remove(client);
    }

    void carryOut(Order order) {
        switch (order) {
            case Order.EndConnection end ->
                all().stream().filter(client -> client.id().equals(end.id())).forEach(Client::disconnect);
            case Order.EndAccount end -> of(end.sub()).forEach(Client::disconnect);
            case Order.Clear clear -> all().forEach(client -> client.expel(new ChannelName(clear.room())));
            case Order.Expel expel -> of(expel.sub()).forEach(client -> client.expel(new ChannelName(expel.room())));
        }
    }

    private Stream<Client> of(String sub) {
        return all().stream().filter(client -> client.caller()
                .filter(caller -> caller.sub().equals(sub))
                .isPresent());
    }

    void remove(String connectionId) {
        Client gone = open.remove(connectionId);
        if (gone != null) {
            unauthenticated.remove(gone);
        }
    }

    Collection<Client> all() {
        return open.values();
    }

    int size() {
        return open.size();
    }

    int unauthenticated() {
        return unauthenticated.size();
    }

    /** SIGTERM: everybody is sent away, spread over a while, so that the other instances are not stormed. */
    void drain(@Observes ShutdownDelayInitiatedEvent event) {
        all().forEach(client -> client.drain(jitter()));
    }

    private Duration jitter() {
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(reconnectSpread.toMillis() + 1));
    }
}
