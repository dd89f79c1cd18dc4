package dev.drover.platform.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Principal;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.drover.platform.identity.ApiKeyHolder;
import dev.drover.platform.identity.Caller;

class SubjectTest {

    private static final String NETWORK = "203.0.113.7";
    private static final Principal ADA = new Caller("usr_ada", "ses_one", Set.of(), Caller.Credential.BEARER_TOKEN);
    private static final Principal KEY = (ApiKeyHolder) () -> "key_one";

    @Test
    void aProvenKeyHasAQuotaOfItsOwnWhereverItComesFrom() {
        assertThat(of(KeyKind.API_KEY, KEY)).isEqualTo(Subject.apiKey("key_one"));
        assertThat(of(KeyKind.ACCOUNT, KEY)).isEqualTo(Subject.apiKey("key_one"));
        assertThat(of(KeyKind.ADDRESS, KEY)).isEqualTo(Subject.address(NETWORK));
    }

    @Test
    void whoHasNoKeyCountsByTheAccountAndWhoHasNeitherByTheAddress() {
        assertThat(of(KeyKind.API_KEY, ADA)).isEqualTo(Subject.account("usr_ada"));
        assertThat(of(KeyKind.ACCOUNT, ADA)).isEqualTo(Subject.account("usr_ada"));
        assertThat(of(KeyKind.API_KEY, null)).isEqualTo(Subject.address(NETWORK));
        assertThat(of(KeyKind.ACCOUNT, null)).isEqualTo(Subject.address(NETWORK));
    }

    @Test
    void aKeyAndAnAccountOfOneNameAreTwoSubjects() {
        assertThat(Subject.apiKey("a").hash()).isNotEqualTo(Subject.account("a").hash());
    }

    private static Subject of(KeyKind by, Principal caller) {
        return Subject.of(by, Optional.ofNullable(caller), () -> NETWORK);
    }
}
