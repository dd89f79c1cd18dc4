package dev.drover.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.drover.blackbox.Suite.Member;

/** All sockets of a killed instance come to another one at once. {@code -Ddrover.crowd=2000} makes it as many. */
class MassReconnectIT {

    private static final int SOCKETS = Integer.getInteger("drover.crowd", 300);
    private static final int PER_ACCOUNT = 20;
    private static final int TOGETHER = 50;
    private static final int CHANNELS = 20;
    private static final Duration ALL_WITHIN = Duration.ofSeconds(60);

    private final Suite suite = Suite.shared();
    private final String channels = "public:" + UUID.randomUUID() + ":";

    /** R-1 for many at once, and what it costs: each channel's history is read once by the instance they come to, not once by each of them. */
    @Test
    void theSocketsOfAKilledInstanceMissNothingAndCostOneReadForEachChannel() {
        List<Person> people = IntStream.range(0, (SOCKETS + PER_ACCOUNT - 1) / PER_ACCOUNT)
                .mapToObj(i -> Person.signUp(suite.anyone()))
                .toList();
        Member dying = suite.ready("realtime").getFirst();
        Member surviving = suite.other(dying);
        publish(people.getFirst(), 1);
        List<CrowdSocket> crowd = new ArrayList<>();
        for (int i = 0; i < SOCKETS; i++) {
            crowd.add(new CrowdSocket(people.get(i / PER_ACCOUNT).token(), channels + i % CHANNELS));
        }
        try {
            gather(crowd, dying);
            publish(people.getFirst(), 2);
            await(crowd, socket -> socket.received() == 1);

            crowd.forEach(CrowdSocket::stay);
            suite.kill(dying);
            await(crowd, socket -> !socket.isOpen());
            publish(people.getFirst(), 3);
            publish(people.getFirst(), 4);
            long before = calls("xrevrange");
            long begunNanos = System.nanoTime();
            crowd.forEach(socket -> socket.connect(surviving.url()));
            await(crowd, socket -> socket.received() == 3);
            System.out.printf(
                    "%d sockets in %d channels recovered after %d ms%n",
                    SOCKETS,
                    CHANNELS,
                    Duration.ofNanos(System.nanoTime() - begunNanos).toMillis());
            long reads = calls("xrevrange") - before;
            publish(people.getFirst(), 5);
            await(crowd, socket -> socket.received() == 4);

            assertThat(crowd).allSatisfy(socket -> assertThat(socket.offsets()).containsExactly(2L, 3L, 4L, 5L));
            assertThat(crowd)
                    .allSatisfy(socket -> assertThat(socket.recoveries()).isPositive());
            // Exactly one on a machine that is not so busy that a look has to be repeated.
            assertThat(reads).isBetween((long) CHANNELS, 2L * CHANNELS);
        } finally {
            crowd.forEach(CrowdSocket::close);
        }
    }

    /** They come as they would in a day, not all at once: that is for later. */
    private void gather(List<CrowdSocket> crowd, Member member) {
        for (int i = 0; i < SOCKETS; i += TOGETHER) {
            List<CrowdSocket> some = crowd.subList(i, Math.min(i + TOGETHER, SOCKETS));
            some.forEach(socket -> socket.connect(member.url()));
            Eventually.within(ALL_WITHIN).untilAsserted(() -> assertThat(some).allMatch(CrowdSocket::follows));
        }
    }

    private void await(List<CrowdSocket> crowd, Predicate<CrowdSocket> condition) {
        Eventually.within(ALL_WITHIN)
                .untilAsserted(
                        () -> assertThat(crowd.stream().filter(condition)).hasSize(SOCKETS));
    }

    private void publish(Person person, int n) {
        for (int i = 0; i < CHANNELS; i++) {
            Reply reply = person.client()
                    .post(
                            "/realtime/channels/" + channels + i + "/messages",
                            "{\"id\":\"m-%d\",\"data\":{\"n\":%d}}".formatted(n, n));
            assertThat(reply.status()).as("%s", reply.body()).isBetween(200, 201);
        }
    }

    /** How often the server has carried out the command, by scripts too. The first read of a channel by an instance is one of this kind. */
    private long calls(String command) {
        URI redis = URI.create(suite.redisUrl());
        try (java.net.Socket connection = new java.net.Socket(redis.getHost(), redis.getPort())) {
            connection.getOutputStream().write("INFO commandstats\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
            String answer = new String(connection.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            Matcher calls =
                    Pattern.compile("cmdstat_" + command + ":calls=(\\d+)").matcher(answer);
            return calls.find() ? Long.parseLong(calls.group(1)) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
