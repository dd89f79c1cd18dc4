package dev.drover.testing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/**
 * A service as its build packaged it, in a process of its own: the jar, or the native executable where one was made ({@code ./drover native --test}).
 * A {@code …PackagedIT} extends this and asks for what a package can lack though every class of it is well: scripts and other resources, forms of
 * bodies, libraries that look for their parts by name.
 */
public abstract class PackagedContract {
    private static final Duration READY_WITHIN = Duration.ofSeconds(30);
    private static final String TAKEN = "quarkus.native.resources.includes";
    private static final Set<String> READ_BY_THE_BUILD = Set.of(
            "application.properties",
            "microprofile-config.properties",
            "io.smallrye.config.SmallRyeConfigBuilderCustomizer",
            "LICENSE.txt");

    /** A path that needs a caller and answers GET. */
    protected abstract String protectedGet();

    @Test
    void itIsReadyAndTellsItsMeters() {
        Eventually.within(READY_WITHIN)
                .untilAsserted(() -> operational("/q/health/ready").then().statusCode(200));
        operational("/q/metrics").then().statusCode(200).body(containsString("drover_drain{"));
    }

    @Test
    void whatItRefusesHasTheFormOfEveryError() {
        HttpContract.problem(given().get(protectedGet()).then(), 401, "unauthenticated");
        HttpContract.problem(given().get("/no-such-thing").then(), 404, "not_found");
    }

    /** A native executable has only what it was told to take along. */
    @Test
    void everyResourceOfTheSourcesIsNamedForANativeExecutable() throws IOException {
        List<PathMatcher> taken = ConfigProvider.getConfig().getValues(TAKEN, String.class).stream()
                .map(glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob))
                .toList();
        for (String module : List.of("", "../platform/")) {
            Path resources = Path.of(module + "src/main/resources");
            try (Stream<Path> files = Files.walk(resources)) {
                assertThat(files.filter(Files::isRegularFile).map(resources::relativize))
                        .filteredOn(file ->
                                !READ_BY_THE_BUILD.contains(file.getFileName().toString()))
                        .allMatch(file -> taken.stream().anyMatch(glob -> glob.matches(file)));
            }
        }
    }

    /** Somebody with a session, as auth-service would have opened it. */
    protected static TestIdentity.Login logIn(String... roles) {
        return TestIdentity.logInAt(System.getProperty("REDIS_URL"), roles);
    }

    protected static RequestSpecification as(TestIdentity.Login login) {
        return given().header("Authorization", login.bearer());
    }

    private static Response operational(String path) {
        return given().port(Integer.getInteger(PackagedPort.MANAGEMENT_PORT)).get(path);
    }
}
