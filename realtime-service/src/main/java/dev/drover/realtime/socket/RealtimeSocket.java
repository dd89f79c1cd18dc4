package dev.drover.realtime.socket;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

import io.quarkus.virtual.threads.VirtualThreads;
import io.quarkus.websockets.next.OnBinaryMessage;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnPongMessage;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.UserData;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.impl.ConnectionBase;
import org.jboss.logging.Logger;

import dev.drover.platform.identity.Caller;
import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.ServiceException;
import dev.drover.realtime.Holder;
import dev.drover.realtime.RealtimeConfig;
import dev.drover.realtime.RealtimeError;

/** The WebSocket endpoint. Everything here runs on the event loop and only hands on: frames are carried out on virtual threads. */
@WebSocket(path = "/realtime")
class RealtimeSocket {

    private static final Logger LOG = Logger.getLogger(RealtimeSocket.class);
    private static final UserData.TypedKey<Client> CLIENT = new UserData.TypedKey<>("drover.client");
    private static final UserData.TypedKey<Inbox> INBOX = new UserData.TypedKey<>("drover.inbox");

    private final Holder holder;
    private final Clients clients;
    private final EventLoops loops;
    private final FrameHandler frames;
    private final DeliveryMeters meters;
    private final RealtimeConfig.Socket config;
    private final Clock clock;
    private final ExecutorService threads;

    RealtimeSocket(
            Holder holder,
            Clients clients,
            EventLoops loops,
            FrameHandler frames,
            DeliveryMeters meters,
            RealtimeConfig config,
            Clock clock,
            @VirtualThreads ExecutorService threads) {
        this.holder = holder;
        this.clients = clients;
        this.loops = loops;
        this.frames = frames;
        this.meters = meters;
        this.config = config.socket();
        this.clock = clock;
        this.threads = threads;
    }

    @OnOpen
    @NonBlocking
    void open(WebSocketConnection connection) {
        UserData data = connection.userData();
        ConnectionBase transport = data.get(Handshake.TRANSPORT);
        ConnectionWire wire = new ConnectionWire(
                connection,
                transport,
                Vertx.currentContext(),
                loops.of(transport.channel().eventLoop()));
        FrameGuard.on(transport);
        SendQueue queue = new SendQueue(wire, config.sendFramesMax(), config.sendBytesMax());
        Client client = new Client(holder.id() + Holder.SEPARATOR + connection.id(), queue, meters, clock.instant());
        data.put(CLIENT, client);
        data.put(INBOX, new Inbox(config.inboxFramesMax(), threads));
        clients.add(connection.id(), client);
        Caller caller = data.get(Handshake.CALLER);
        if (caller != null) {
            data.get(INBOX).add(() -> frames.admit(client, new Identified(caller, Optional.empty())));
        }
    }

    @OnTextMessage
    @NonBlocking
    void text(String text, WebSocketConnection connection) {
        Client client = connection.userData().get(CLIENT);
        client.heard(clock.instant());
        if (ServerFrames.bytes(text) > config.frameBytesMax()) {
            client.end(tooLarge(), null, CloseCode.TOO_LARGE);
            return;
        }
        if (!connection.userData().get(INBOX).add(() -> frames.handle(client, text))) {
            client.end(
                    new ServiceException(
                            RealtimeError.TOO_MANY_FRAMES,
                            "Wait for answers before sending more than " + config.inboxFramesMax() + " frames."),
                    null,
                    CloseCode.TOO_MANY_FRAMES);
        }
    }

    @OnPongMessage
    @NonBlocking
    void pong(Buffer ignored, WebSocketConnection connection) {
        connection.userData().get(CLIENT).heard(clock.instant());
    }

    @OnBinaryMessage
    @NonBlocking
    void binary(Buffer ignored, WebSocketConnection connection) {
        connection
                .userData()
                .get(CLIENT)
                .end(
                        new ServiceException(RealtimeError.BINARY_FRAME, "Send JSON as text."),
                        null,
                        CloseCode.UNSUPPORTED_DATA);
    }

    @OnClose
    @NonBlocking
    void close(WebSocketConnection connection) {
        clients.remove(connection.id());
        UserData data = connection.userData();
        Inbox inbox = data.get(INBOX);
        if (inbox != null) {
            inbox.close();
        }
        Client client = data.get(CLIENT);
        if (client != null) {
            threads.execute(() -> frames.leave(client));
        }
    }

    @OnError
    @NonBlocking
    void error(Throwable failure, WebSocketConnection connection) {
        LOG.debugf("socket %s: %s", connection.id(), failure);
        Client client = connection.userData().get(CLIENT);
        if (client == null || !connection.isOpen()) {
            return;
        }
        if (isTooLarge(failure)) {
            client.end(tooLarge(), null, CloseCode.TOO_LARGE);
        } else {
            client.end(
                    new ServiceException(PlatformError.INTERNAL, "The connection cannot go on."),
                    null,
                    CloseCode.INTERNAL);
        }
    }

    /** Fragments that together are more than the transport puts together. */
    private static boolean isTooLarge(Throwable failure) {
        return failure instanceof IllegalStateException
                && String.valueOf(failure.getMessage()).startsWith("Cannot process ");
    }

    private ServiceException tooLarge() {
        return new ServiceException(
                RealtimeError.FRAME_TOO_LARGE, "A frame has at most " + config.frameBytesMax() + " bytes.");
    }
}
