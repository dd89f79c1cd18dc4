package dev.drover.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.restassured.http.Headers;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;

/**
 * Compares what requests ask of Redis with the table in docs/api/README.md, both ways: which keys, and how many times one waits for another.
 * A service extends this and says how to make each request its rows name.
 */
public abstract class RoundTripCatalogue {

    /** The service's name in the table, for example {@code profile-service}. */
    protected abstract String service();

    /** Somebody new, for whom the requests below succeed. */
    protected abstract Person somebody();

    /** The second column of the table to a request. */
    protected abstract Map<String, Trip> trips(Person person);

    /** Those of {@link #trips} that need no credentials. */
    protected Set<String> publicTrips() {
        return Set.of();
    }

    protected interface Trip {
        Response by(Map<String, String> credentials);
    }

    /** @param revoke ends their session */
    public record Person(String sub, Map<String, String> bearer, Map<String, String> cookie, Runnable revoke) {

        public static Person of(TestIdentity.Login login) {
            return new Person(
                    login.sub(),
                    Map.of("Authorization", login.bearer()),
                    Map.of("Cookie", login.cookieHeader(), "Origin", "http://localhost:8080"),
                    login::revoke);
        }
    }

    @Test
    @RecordsRoundTrips
    void whatRequestsAskOfRedisIsWhatTheDocumentationSays() throws IOException {
        Person person = somebody();
        Map<String, String> rows = new LinkedHashMap<>();
        trips(person).forEach((name, trip) -> rows.put(name, row(trip, person)));
        assertThat(rows).containsExactlyInAnyOrderEntriesOf(documented());
    }

    private static String row(Trip trip, Person person) {
        // The first of its kind may teach Redis a script.
        succeeds(trip, person.bearer());
        // And the first by a cookie waits for its session, before its account's quota is asked.
        succeeds(trip, person.cookie());
        return RoundTrips.of(() -> succeeds(trip, person.bearer())) + " | "
                + RoundTrips.of(() -> succeeds(trip, person.cookie()));
    }

    private static void succeeds(Trip trip, Map<String, String> credentials) {
        Response response = trip.by(credentials);
        assertThat(response.statusCode()).as(response.asString()).isBetween(200, 299);
    }

    private Map<String, String> documented() throws IOException {
        Path page = Path.of(System.getProperty("drover.home"), "docs", "api", "README.md");
        Map<String, String> rows = new LinkedHashMap<>();
        for (String line : Files.readAllLines(page)) {
            String[] cells = line.split("\\|");
            if (cells.length == 5 && cells[1].strip().equals(service())) {
                rows.put(cells[2].strip().replace("`", ""), cells[3].strip() + " | " + cells[4].strip());
            }
        }
        return rows;
    }

    @Test
    void nothingOfTheHandlersAnswerLeavesWhenTheSessionWasRevoked() {
        Person person = somebody();
        Map<String, Trip> trips = trips(person);
        trips.forEach((name, trip) -> succeeds(trip, person.bearer()));
        person.revoke().run();
        trips.forEach((name, trip) -> {
            if (!publicTrips().contains(name)) {
                refused(name, trip.by(person.bearer()));
                refused(name, trip.by(person.cookie()));
            }
        });
    }

    private static void refused(String name, Response response) {
        HttpContract.problem(response.then(), 401, "session_revoked");
        Headers headers = response.headers();
        assertThat(headers.asList())
                .as(name)
                .extracting(header -> header.getName().toLowerCase(Locale.ROOT))
                .doesNotContain("etag", "link", "location", "last-modified");
        assertThat(headers.getValues("Cache-Control")).as(name).containsExactly("private, no-cache");
        assertThat(response.jsonPath().getMap("").keySet())
                .as(name)
                .isSubsetOf("type", "title", "status", "detail", "instance", "code", "traceId");
    }
}
