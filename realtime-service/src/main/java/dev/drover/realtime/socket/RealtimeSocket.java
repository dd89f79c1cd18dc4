package dev.drover.realtime.socket;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

import io.quarkus.virtual.threads.VirtualThreads;
import io.quarkus.websockets.next.OnBinaryMessage;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.UserData;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import org.jboss.logging.Logger;

import dev.drover.platform.identity.Caller;
import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.ServiceException;
import dev.drover.realtime.RealtimeConfig;
import dev.drover.realtime.RealtimeError;

/** The WebSocket endpoint. Everything here runs on the event loop and only hands on: frames are carried out on virtual threads. */
@WebSocket(path = "/realtime")
class RealtimeSocket {

    private static final Logger LOG = Logger.getLogger(RealtimeSocket.class);
    private static final UserData.TypedKey<Client> CLIENT = new UserData.TypedKey<>("drover.client");
    private static final UserData.TypedKey<Inbox> INBOX = new UserData.TypedKey<>("drover.inbox");

    private final Clients clients;
    private final FrameHandler frames;
    private final DeliveryMeters meters;
    private final RealtimeConfig.Socket config;
    private final Clock clock;
    private final ExecutorService threads;

    RealtimeSocket(
            Clients clients,
            FrameHandler frames,
            DeliveryMeters meters,
            RealtimeConfig config,
            Clock clock,
            @VirtualThreads ExecutorService threads) {
        this.clients = clients;
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
        ConnectionWire wire = new ConnectionWire(connection, data.get(Handshake.TRANSPORT), Vertx.currentContext());
        SendQueue queue = new SendQueue(wire, config.sendFramesMax(), config.sendBytesMax());
        Client client = new Client(queue, meters, clock.instant());
        data.put(CLIENT, client);
        data.put(INBOX, new Inbox(config.inboxFramesMax(), threads, text -> frames.handle(client, text)));
        clients.add(connection.id(), client);
        Caller caller = data.get(Handshake.CALLER);
        if (caller != null) {
            client.identify(new Identified(caller, Optional.empty()));
            frames.ready(client);
        }
    }

    @OnTextMessage
    @NonBlocking
    void text(String text, WebSocketConnection connection) {
        Client client = connection.userData().get(CLIENT);
        if (ServerFrames.bytes(text) > config.frameBytesMax()) {
            client.end(
                    new ServiceException(
                            RealtimeError.FRAME_TOO_LARGE, "A frame has at most " + config.frameBytesMax() + " bytes."),
                    null,
                    CloseCode.TOO_LARGE);
            return;
        }
        if (!connection.userData().get(INBOX).add(text)) {
            client.end(
                    new ServiceException(
                            RealtimeError.TOO_MANY_FRAMES,
                            "Wait for answers before sending more than " + config.inboxFramesMax() + " frames."),
                    null,
                    CloseCode.TOO_MANY_FRAMES);
        }
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
            threads.execute(client::leave);
        }
    }

    @OnError
    @NonBlocking
    void error(Throwable failure, WebSocketConnection connection) {
        LOG.debugf("socket %s: %s", connection.id(), failure);
        Client client = connection.userData().get(CLIENT);
        if (client != null && connection.isOpen()) {
            client.end(
                    new ServiceException(PlatformError.INTERNAL, "The connection cannot go on."),
                    null,
                    CloseCode.INTERNAL);
        }
    }
}
