package dev.drover.auth;

import static io.restassured.RestAssured.given;

import java.util.Map;
import java.util.Set;

import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;

import dev.drover.testing.RoundTripCatalogue;

@ServiceTest
class AuthRoundTripsTest extends RoundTripCatalogue {

    private static final String REFRESH = "POST /auth/refresh";

    private String refreshToken;

    @Override
    protected String service() {
        return "auth-service";
    }

    @Override
    protected Person somebody() {
        dev.drover.auth.Person known = dev.drover.auth.Person.signedUp();
        ExtractableResponse<Response> login = known.logIn().statusCode(200).extract();
        refreshToken = login.path("refreshToken");
        Map<String, String> bearer = Map.of("Authorization", "Bearer " + login.path("accessToken"));
        return new Person(
                "",
                bearer,
                Map.of("Cookie", "drover_session=" + login.cookie("drover_session")),
                () -> given().headers(bearer).post("/auth/logout").then().statusCode(204));
    }

    @Override
    protected Map<String, Trip> trips(Person person) {
        return Map.of(
                "GET /auth/me",
                by -> given().headers(by).get("/auth/me"),
                "GET /auth/sessions",
                by -> given().headers(by).get("/auth/sessions"),
                REFRESH,
                by -> refresh());
    }

    @Override
    protected Set<String> publicTrips() {
        return Set.of(REFRESH);
    }

    private Response refresh() {
        Response answer = dev.drover.auth.Person.refresh(refreshToken).extract().response();
        refreshToken = answer.path("refreshToken");
        return answer;
    }
}
