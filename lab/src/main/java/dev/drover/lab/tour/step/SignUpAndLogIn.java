package dev.drover.lab.tour.step;

import java.util.UUID;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.drover.lab.tour.TourStep;
import dev.drover.lab.tour.Traveller;
import dev.drover.lab.tour.Traveller.Login;
import dev.drover.lab.tour.client.Answer;
import dev.drover.lab.tour.client.Fleet.Member;

/** A login at one instance is a login at all of them. */
public final class SignUpAndLogIn implements TourStep {

    @Override
    public String title() {
        return "Sign up, log in, and be known by an instance that was not there";
    }

    @Override
    public void walk(Traveller traveller) {
        String email = "tour-" + UUID.randomUUID() + "@example.org";
        String password = UUID.randomUUID().toString();
        Answer created = traveller
                .anyone()
                .post("/auth/signup", credentials(email, password).put("displayName", "Traveller"))
                .expect(201)
                .expectText("/email", email);
        String sub = created.text("/id");
        traveller.tell().done("signed up as " + sub, created);

        Answer login = traveller
                .anyone()
                .post("/auth/login", credentials(email, password))
                .expect(200);
        traveller.loggedIn(new Login(sub, login.text("/accessToken"), cookie(login), login.servedBy()));
        traveller.tell().done("logged in: an access token and a cookie", login);

        Member other = traveller.fleet().another("auth", login.servedBy());
        Answer byCookie = traveller
                .byCookie()
                .via(other.url())
                .get("/auth/me")
                .expect(200)
                .expectText("/id", sub);
        expectServedBy(other, byCookie);
        traveller.tell().done("GET /auth/me by cookie, straight to another instance", byCookie);

        Answer byToken =
                traveller.byToken().via(other.url()).get("/auth/me").expect(200).expectText("/id", sub);
        expectServedBy(other, byToken);
        traveller.tell().done("GET /auth/me by token, straight to another instance", byToken);
    }

    private static ObjectNode credentials(String email, String password) {
        return JsonNodeFactory.instance.objectNode().put("email", email).put("password", password);
    }

    private static String cookie(Answer login) {
        String set = login.header("Set-Cookie").orElseThrow(() -> login.failure("a Set-Cookie header"));
        return set.split(";", 2)[0];
    }

    private static void expectServedBy(Member expected, Answer answer) {
        if (!answer.servedBy().equals(expected.id())) {
            throw answer.failure("X-Served-By: " + expected.id());
        }
    }
}
