package dev.drover.jobs.events;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import dev.drover.jobs.Queues;
import dev.drover.jobs.lease.Hold;
import dev.drover.jobs.lease.LeaseStore;
import dev.drover.jobs.lease.LeaseTerms;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.QueueName;
import dev.drover.testing.Eventually;
import dev.drover.testing.HttpContract;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.RequestCalls;
import dev.drover.testing.TestIdentity;

@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class EventResourceTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @Inject
    Queues queues;

    @Inject
    LeaseStore leases;

    @TestHTTPResource
    URL service;

    private final QueueName name = Queues.fresh();

    @Test
    void aJobIsFollowedToItsEnd() throws Exception {
        JobId id = queues.add(name);
        List<String> data = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> stream = follow(id, Optional.empty(), data);
        Eventually.within(SOON).until(() -> contains(data, "\"waiting\""));
        Hold hold = leases.lease(name, new LeaseTerms(1, Duration.ofMinutes(1), "followed"))
                .leases()
                .getFirst()
                .hold();
        leases.report(hold, OptionalInt.of(40), Optional.empty());
        Eventually.within(SOON).until(() -> contains(data, "\"progress\":40"));
        leases.complete(hold, Optional.empty());
        stream.get(SOON.toSeconds(), TimeUnit.SECONDS);
        assertThat(data.getLast()).contains("\"succeeded\"").contains("\"progress\":100");
        assertThat(data).as("nothing is told twice").doesNotHaveDuplicates();
    }

    @Test
    void whoComesBackIsNotToldWhatTheyKnow() throws Exception {
        JobId id = queues.add(name);
        Hold hold = leases.lease(name, new LeaseTerms(1, Duration.ofMinutes(1), "followed"))
                .leases()
                .getFirst()
                .hold();
        leases.complete(hold, Optional.empty());
        List<String> data = new CopyOnWriteArrayList<>();
        follow(id, Optional.of("succeeded.1.100"), data).get(SOON.toSeconds(), TimeUnit.SECONDS);
        assertThat(data).isEmpty();
        follow(id, Optional.of("active.1.40"), data).get(SOON.toSeconds(), TimeUnit.SECONDS);
        assertThat(data).hasSize(1);
    }

    @Test
    void anotherAccountsJobIsNotThere() {
        JobId id = queues.add(name);
        HttpContract.problem(
                given().header("Authorization", TestIdentity.logIn().bearer())
                        .get("/jobs/" + id + "/events")
                        .then(),
                404,
                "job_not_found");
    }

    private static boolean contains(List<String> data, String part) {
        return data.stream().anyMatch(line -> line.contains(part));
    }

    /** The data of the events as they come; done when the stream is. */
    private CompletableFuture<Void> follow(JobId id, Optional<String> lastSeen, List<String> data) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(service + "jobs/" + id + "/events"))
                .header("Authorization", TestIdentity.logIn(Queues.OWNER).bearer())
                .header("Accept", "text/event-stream");
        lastSeen.ifPresent(event -> request.header("Last-Event-ID", event));
        return HttpClient.newHttpClient()
                .sendAsync(request.build(), HttpResponse.BodyHandlers.ofLines())
                .thenAccept(answer -> {
                    assertThat(answer.statusCode()).isEqualTo(200);
                    RequestCalls.succeeded("GET /jobs/{id}/events", answer);
                    answer.body()
                            .filter(line -> line.startsWith("data:"))
                            .forEach(line -> data.add(line.substring("data:".length())));
                });
    }
}
