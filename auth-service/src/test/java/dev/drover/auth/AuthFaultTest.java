package dev.drover.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;

import io.restassured.response.Response;
import org.junit.jupiter.api.Test;

import dev.drover.platform.idempotency.Ids;
import dev.drover.testing.KeyedPostFaults;

@ServiceTest
class AuthFaultTest {

    @Test
    void aSignUpOutlivesTheFailureOfAnyCallToRedis() {
        KeyedPostFaults.survives(6, SignUp::new);
    }

    @Test
    void aLogInOutlivesTheFailureOfAnyCallToRedis() {
        KeyedPostFaults.survives(5, LogIn::new);
    }

    private static final class SignUp implements KeyedPostFaults.Attempt {

        private final Person person = Person.anybody();
        private final String key = UUID.randomUUID().toString();

        @Override
        public Response send() {
            return person.signUp(key).extract().response();
        }

        @Override
        public void verify(Response answer) {
            String token = person.logIn().statusCode(200).extract().path("accessToken");
            assertThat(Person.me(token).extract().<String>path("id")).isEqualTo(answer.path("id"));
        }
    }

    private static final class LogIn implements KeyedPostFaults.Attempt {

        private final Person person = Person.anybody();
        private final String key = UUID.randomUUID().toString();
        private final String sub = person.signUp().statusCode(201).extract().path("id");

        @Override
        public Response send() {
            return person.logIn(key).extract().response();
        }

        @Override
        public void verify(Response answer) {
            // Whichever attempt opened it, it is the one session this log-in can open.
            assertThat(answer.<String>path("sessionId")).isEqualTo("ses_" + Ids.derive(sub, "POST /auth/login", key));
            Person.me(answer.path("accessToken")).statusCode(200);
            Person.refresh(answer.path("refreshToken")).statusCode(200);
        }
    }
}
