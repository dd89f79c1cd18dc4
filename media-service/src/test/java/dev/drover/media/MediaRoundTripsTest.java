package dev.drover.media;

import static io.restassured.RestAssured.given;

import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import io.restassured.response.Response;

import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.medialedger.MediaLedger;
import dev.drover.platform.medialedger.NewMedia;
import dev.drover.platform.medialedger.ProcessingLedger;
import dev.drover.platform.outbox.OutboxEntry;
import dev.drover.testing.RoundTripCatalogue;
import dev.drover.testing.TestIdentity;

@ServiceTest
class MediaRoundTripsTest extends RoundTripCatalogue {

    @Inject
    MediaLedger ledger;

    @Inject
    ProcessingLedger processing;

    private NewMedia file;

    @Override
    protected String service() {
        return "media-service";
    }

    @Override
    protected Person somebody() {
        TestIdentity.Login login = TestIdentity.logIn();
        file = Files.text(login.sub());
        String id = Ids.derive(file.id().value());
        ledger.open(file, Files.TERMS);
        ledger.verify(
                login.sub(), file.id(), new OutboxEntry.Job("job_media_" + id, "media.process", login.sub(), "{}"));
        processing.begin(file.id(), 1);
        processing.ready(
                file.id(), 1, List.of(), new OutboxEntry.Event("user:" + login.sub() + ":events", "evt_" + id, "{}"));
        Person person = Person.of(login);
        announce(person.bearer());
        return person;
    }

    @Override
    protected Map<String, Trip> trips(Person person) {
        String path = "/media/" + file.id().value();
        return Map.of(
                "GET /media", by -> given().headers(by).get("/media"),
                "GET /media/{id}", by -> given().headers(by).get(path),
                "GET /media/{id}/url, signed before", by -> given().headers(by).get(path + "/url"),
                "POST /media/uploads", MediaRoundTripsTest::announce);
    }

    private static Response announce(Map<String, String> credentials) {
        return given().headers(credentials)
                .contentType("application/json")
                .body(
                        "{\"fileName\": \"a.txt\", \"contentType\": \"text/plain\", \"sizeBytes\": 1, \"purpose\": \"file\","
                                + "\"sha256\": \"" + "0".repeat(64) + "\"}")
                .post("/media/uploads");
    }
}
