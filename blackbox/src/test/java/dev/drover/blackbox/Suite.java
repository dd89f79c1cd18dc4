package dev.drover.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A whole suite as {@code ./drover up} starts it: real processes on this machine, with data of its own. One is shared by all tests of the
 * module, as a suite in use is shared by its users; whoever stops or starves it takes one of their own.
 */
final class Suite implements AutoCloseable {

    private static final Duration STOPPED_WITHIN = Duration.ofSeconds(60);
    private final Process lab;
    private final Path data;
    private final URI gateway;
    private final String token;
    private final String redisUrl;
    private final Store redis;
    private final Store objects;

    private Suite(Process lab, Path data, JsonNode labFile) {
        this.lab = lab;
        this.data = data;
        this.gateway = URI.create(labFile.path("gateway").asText());
        this.token = labFile.path("token").asText();
        this.redisUrl = labFile.at("/stores/redis/url").asText();
        this.redis = Store.of(labFile.at("/stores/redis"), "url", data.resolve("redis"));
        this.objects = Store.of(labFile.at("/stores/s3"), "endpoint", data.resolve("objects"));
    }

    /** The one all tests share, whole, whatever the test before did to it; it ends with the JVM that runs them. */
    static Suite shared() {
        Shared.SUITE.awaitWhole(Shared.REPLICAS);
        return Shared.SUITE;
    }

    static Suite start(int replicas) {
        return start(replicas, Map.of());
    }

    /** With variables of the environment contract for every service. */
    static Suite start(int replicas, Map<String, String> environment) {
        try {
            Path data = Files.createTempDirectory(
                    Files.createDirectories(Path.of("target").toAbsolutePath()), "suite-");
            Process lab =
                    LabProcess.launch(data, environment, "up", "--replicas", Integer.toString(replicas), "--port", "0");
            return new Suite(lab, data, LabProcess.awaitLabFile(lab, data));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path data() {
        return data;
    }

    URI gateway() {
        return gateway;
    }

    String redisUrl() {
        return redisUrl;
    }

    long pid() {
        return lab.pid();
    }

    Client anyone() {
        return Client.at(gateway);
    }

    Store redis() {
        return redis;
    }

    Store objects() {
        return objects;
    }

    List<Member> fleet() {
        List<Member> members = new ArrayList<>();
        for (JsonNode instance : anyone().get("/lab/fleet").body().path("instances")) {
            members.add(new Member(
                    instance.path("id").asText(),
                    instance.path("service").asText(),
                    URI.create(instance.path("url").asText()),
                    URI.create(instance.path("managementUrl").asText()),
                    instance.path("state").asText(),
                    instance.path("pid").asLong()));
        }
        return members;
    }

    /** What starts an instance of a service here, for more of them; their environment is the caller's affair. */
    List<String> command(String service) {
        return ready(service).getFirst().command();
    }

    List<Member> ready(String service) {
        return fleet().stream()
                .filter(member ->
                        member.service().equals(service) && member.state().equals("ready"))
                .toList();
    }

    Member instance(String id) {
        return fleet().stream()
                .filter(member -> member.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError(id + " is not in the fleet: " + fleet()));
    }

    /** Another ready instance of the same service. */
    Member other(Member than) {
        return ready(than.service()).stream()
                .filter(member -> !member.id().equals(than.id()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no other instance than " + than + ": " + fleet()));
    }

    /** SIGKILL, by the operator's interface; returns when the process is gone. */
    void kill(Member member) {
        signal(member, "KILL");
        Eventually.within(Duration.ofSeconds(10)).until(() -> !ProcessHandle.of(member.pid())
                .map(ProcessHandle::isAlive)
                .orElse(false));
    }

    void signal(Member member, String signal) {
        HttpResponse<String> answer = Client.exchange(
                HttpRequest.newBuilder(gateway.resolve("/lab/instances/" + member.id() + "/kill"))
                        .header("Authorization", "Bearer " + token)
                        .POST(HttpRequest.BodyPublishers.ofString("{\"signal\":\"" + signal + "\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as("kill %s: %s", member, answer.body()).isEqualTo(204);
    }

    int readiness(Member member) {
        return management(member, "/q/health/ready").statusCode();
    }

    /** By its own gauge. */
    boolean isDraining(Member member) {
        return management(member, "/q/metrics")
                .body()
                .lines()
                .anyMatch(line -> line.startsWith("drover_drain{") && line.endsWith(" 1.0"));
    }

    private static HttpResponse<String> management(Member member, String path) {
        return Client.exchange(
                HttpRequest.newBuilder(member.managementUrl().resolve(path))
                        .timeout(Duration.ofSeconds(5))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /**
     * Waits until every service has its number of ready instances again, and nothing else is left of another test: each says so itself, for
     * the lab learns of a death only after it.
     */
    void awaitWhole(int replicas) {
        Eventually.within(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(fleet())
                .hasSize(replicas * 5)
                .allMatch(member -> member.state().equals("ready"))
                .allMatch(this::saysThatItIsReady));
    }

    /** The first requests of a process load its classes; that is no matter of what a test looks at. */
    void warmUp(Person person) {
        for (Member member : fleet()) {
            for (int i = 0; i < 5; i++) {
                person.client().via(member.url()).get(Journey.protectedPath(member.service()));
            }
        }
    }

    boolean saysThatItIsReady(Member member) {
        try {
            return readiness(member) == 200;
        } catch (UncheckedIOException e) {
            return false; // it has just died
        }
    }

    /** SIGTERM as Ctrl-C gives it; returns its exit code. */
    int stop() throws InterruptedException {
        lab.destroy();
        assertThat(lab.waitFor(STOPPED_WITHIN.toSeconds(), TimeUnit.SECONDS))
                .as("the lab stops in time")
                .isTrue();
        return lab.exitValue();
    }

    @Override
    public void close() {
        lab.destroy();
        lab.onExit().orTimeout(STOPPED_WITHIN.toSeconds(), TimeUnit.SECONDS).join();
        redis.close();
    }

    /** An instance, as the lab describes it. */
    record Member(String id, String service, URI url, URI managementUrl, String state, long pid) {

        /** The program and its arguments. */
        List<String> command() {
            return List.of(read("cmdline").split("\0"));
        }

        /** What it was started with, its stores among it. */
        Map<String, String> environment(String prefix) {
            return Stream.of(read("environ").split("\0"))
                    .filter(variable -> variable.startsWith(prefix))
                    .collect(Collectors.toMap(
                            variable -> variable.substring(0, variable.indexOf('=')),
                            variable -> variable.substring(variable.indexOf('=') + 1)));
        }

        private String read(String file) {
            try {
                return Files.readString(Path.of("/proc", Long.toString(pid), file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class Shared {
        static final int REPLICAS = 2;
        static final Suite SUITE = start(REPLICAS);

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SUITE::close));
        }
    }
}
