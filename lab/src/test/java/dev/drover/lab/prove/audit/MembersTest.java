package dev.drover.lab.prove.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.drover.lab.prove.client.Call;
import dev.drover.lab.prove.client.PublicApi;
import dev.drover.lab.prove.client.Reply;
import dev.drover.lab.prove.client.Traffic;
import dev.drover.lab.prove.herd.Member;

class MembersTest {
    private HttpServer server;
    private Member gone;
    private Member there;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        there = new Member("auth-1", "auth", at(server.getAddress().getPort()), true);
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            gone = new Member("auth-0", "auth", at(closed.getLocalPort()), true);
        }
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static URI at(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Test
    void whatAnAutoscalerHasTakenAwayIsAskedOfAnother() throws Exception {
        Deque<List<Member>> looks = new ArrayDeque<>(List.of(List.of(gone, there), List.of(there)));
        Members members = new Members(() -> looks.size() > 1 ? looks.remove() : looks.element());
        assertThat(members.of("auth")).containsExactly(gone, there);

        try (PublicApi api = new PublicApi(there.url(), new Traffic(1_000))) {
            Reply reply = api.ask(members.addressOf(gone), Call.get("/auth/me"), Duration.ofSeconds(20));

            assertThat(reply.isDone()).as("%s", reply).isTrue();
        }
        assertThat(members.of("auth")).containsExactly(there);
    }
}
