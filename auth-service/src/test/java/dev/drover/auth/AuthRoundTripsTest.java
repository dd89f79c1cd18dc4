package dev.drover.auth;

import static io.restassured.RestAssured.given;

import java.util.Map;

import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;

import dev.drover.testing.RoundTripCatalogue;

@ServiceTest
class AuthRoundTripsTest extends RoundTripCatalogue {

    @Override
    protected String service() {
        return "auth-service";
    }

    @Override
    protected Person somebody() {
        dev.drover.auth.Person known = dev.drover.auth.Person.anybody();
        known.signUp().statusCode(201);
        ExtractableResponse<Response> login = known.logIn().statusCode(200).extract();
        Map<String, String> bearer = Map.of("Authorization", "Bearer " + login.path("accessToken"));
        return new Person(
                "",
                bearer,
                Map.of("Cookie", "drover_session=" + login.cookie("drover_session")),
                () -> given().headers(bearer).post("/auth/logout").then().statusCode(204));
    }

    @Override
    protected Map<String, Trip> trips(Person person) {
        return Map.of("GET /auth/me", by -> given().headers(by).get("/auth/me"));
    }
}
