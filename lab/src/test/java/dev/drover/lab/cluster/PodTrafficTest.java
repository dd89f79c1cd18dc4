package dev.drover.lab.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.Test;

import dev.drover.stores.process.FreePort;

class PodTrafficTest {
    private static final String METERS = """
            # TYPE http_server_requests_seconds summary
            http_server_requests_seconds_count{method="GET",outcome="SUCCESS",service="auth-service",status="200",uri="/auth/me"} %d
            http_server_requests_seconds_count{method="GET",outcome="SERVER_ERROR",service="auth-service",status="503",uri="/auth/me"} 4
            http_server_requests_seconds_count{method="GET",outcome="CLIENT_ERROR",service="auth-service",status="429",uri="/auth/me"} 6
            http_server_requests_seconds_sum{method="GET",outcome="SUCCESS",service="auth-service",status="200",uri="/auth/me"} 9.5
            drover_queue_latency_seconds{queue="default",service="jobs-service"} 2.5
            drover_realtime_sockets{service="realtime-service"} 17.0
            """;

    @Test
    void aReadingCountsAnswersByTheirStatus() {
        MeterReading reading = MeterReading.of(METERS.formatted(90));

        assertThat(reading.requests()).isEqualTo(100);
        assertThat(reading.errors()).isEqualTo(4);
        assertThat(reading.refusals()).isEqualTo(6);
        assertThat(reading.sockets()).hasValue(17);
        assertThat(reading.queueLatency()).hasValue(2.5);
    }

    @Test
    void ratesAreOfTwoReadingsAndOfPodsThatAnswerOnly() throws Exception {
        HttpServer pod = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        int[] count = {0};
        pod.createContext("/q/metrics", exchange -> {
            byte[] text = METERS.formatted(count[0] += 1_000).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
        });
        pod.start();
        try (PodTraffic traffic = new PodTraffic(
                () -> List.of(target("there", pod.getAddress().getPort()), target("away", FreePort.find())))) {
            traffic.look();
            assertThat(traffic.rates()).isEmpty();
            traffic.look();

            assertThat(traffic.rates()).containsOnlyKeys("there");
            assertThat(traffic.rates().get("there").requests()).isPositive();
            assertThat(traffic.rates().get("there").errors()).isZero();
        } finally {
            pod.stop(0);
        }
    }

    private static PodTraffic.Target target(String name, int port) {
        return new PodTraffic.Target(name, URI.create("http://127.0.0.1:" + port + "/q/metrics"));
    }
}
