package dev.drover.platform.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

class RecordSealTest {

    private static final byte[] PEPPER = {1, 2, 3};
    private static final byte[] ANSWER = "{\"accessToken\":\"secret\"}".getBytes(StandardCharsets.UTF_8);
    private static final RequestForm REQUEST = request("/jobs", "application/json", "", "{}");

    @Test
    void everyInstanceFindsAndReadsWhatAnyRecorded() {
        RecordSeal one = seal("usr_a", "POST /jobs", "k", REQUEST, PEPPER);
        RecordSeal other = seal("usr_a", "POST /jobs", "k", REQUEST, PEPPER);

        assertThat(other.name()).isEqualTo(one.name());
        assertThat(other.fingerprint()).isEqualTo(one.fingerprint());
        assertThat(other.decrypt(one.encrypt(ANSWER))).hasValue(ANSWER);
    }

    @Test
    void anotherCallerRouteKeyOrPepperFindsNothing() {
        String name = seal("usr_a", "POST /jobs", "k", REQUEST, PEPPER).name();

        assertThat(seal("usr_b", "POST /jobs", "k", REQUEST, PEPPER).name()).isNotEqualTo(name);
        assertThat(seal("usr_a", "POST /media", "k", REQUEST, PEPPER).name()).isNotEqualTo(name);
        assertThat(seal("usr_a", "POST /jobs", "l", REQUEST, PEPPER).name()).isNotEqualTo(name);
        assertThat(seal("usr_a", "POST /jobs", "k", REQUEST, new byte[0]).name())
                .isNotEqualTo(name);
    }

    @Test
    void aCallersOtherRequestHasTheSameNameAndAnotherFingerprint() {
        RecordSeal first = seal("usr_a", "POST /jobs", "k", REQUEST, PEPPER);
        for (RequestForm other : new RequestForm[] {
            request("/jobs?x=1", "application/json", "", "{}"),
            request("/jobs", "text/plain", "", "{}"),
            request("/jobs", "application/json", "", "{ }")
        }) {
            RecordSeal second = seal("usr_a", "POST /jobs", "k", other, PEPPER);
            assertThat(second.name()).isEqualTo(first.name());
            assertThat(second.fingerprint()).isNotEqualTo(first.fingerprint());
        }
    }

    @Test
    void theSpellingOfTheContentTypeIsNoDifference() {
        RequestForm spelled = request("/jobs", "Application/JSON", "", "{}");
        assertThat(seal("usr_a", "POST /jobs", "k", spelled, PEPPER).fingerprint())
                .isEqualTo(seal("usr_a", "POST /jobs", "k", REQUEST, PEPPER).fingerprint());
    }

    @Test
    void whoIsNobodyFindsAnAnswerOnlyByTheWholeRequest() {
        RequestForm request =
                request("/auth/login", "application/json", "", "{\"email\":\"a\",\"password\":\"right\"}");
        RequestForm guess = request("/auth/login", "application/json", "", "{\"email\":\"a\",\"password\":\"guess\"}");
        RequestForm byAnother =
                request("/auth/login", "application/json", "Bearer x", "{\"email\":\"a\",\"password\":\"right\"}");
        String name = seal("", "POST /auth/login", "1", request, PEPPER).name();

        assertThat(seal("", "POST /auth/login", "1", request, PEPPER).name()).isEqualTo(name);
        assertThat(seal("", "POST /auth/login", "1", guess, PEPPER).name()).isNotEqualTo(name);
        assertThat(seal("", "POST /auth/login", "1", byAnother, PEPPER).name()).isNotEqualTo(name);
    }

    @Test
    void whatRedisGetsTellsNothing() {
        RecordSeal seal = seal("usr_a", "POST /jobs", "my-key", REQUEST, PEPPER);

        assertThat(seal.name() + seal.fingerprint() + seal.encrypt(ANSWER)).doesNotContain("my-key", "secret");
        assertThat(seal.encrypt(ANSWER)).isNotEqualTo(seal.encrypt(ANSWER));
        assertThat(seal).asString().doesNotContain("my-key");
    }

    @Test
    void anAnswerThatWasMovedOrChangedDoesNotOpen() {
        RecordSeal seal = seal("usr_a", "POST /jobs", "k", REQUEST, PEPPER);
        String encrypted = seal.encrypt(ANSWER);

        assertThat(seal("usr_a", "POST /jobs", "k", request("/jobs", "text/plain", "", ""), PEPPER)
                        .decrypt(encrypted))
                .isEmpty();
        assertThat(seal.decrypt(encrypted.substring(4))).isEmpty();
        assertThat(seal.decrypt("")).isEmpty();
        assertThat(seal.decrypt("no base64!")).isEmpty();
    }

    private static RequestForm request(String target, String contentType, String credentials, String body) {
        return new RequestForm("POST", target, contentType, credentials, body.getBytes(StandardCharsets.UTF_8));
    }

    private static RecordSeal seal(String caller, String route, String key, RequestForm request, byte[] pepper) {
        return RecordSeal.of(new Intention(caller, route, new IdempotencyKey(key)), request, pepper);
    }
}
