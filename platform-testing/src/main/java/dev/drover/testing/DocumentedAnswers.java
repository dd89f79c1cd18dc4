package dev.drover.testing;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.quarkus.test.junit.callback.QuarkusTestBeforeEachCallback;
import io.quarkus.test.junit.callback.QuarkusTestMethodContext;
import io.restassured.RestAssured;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.http.Header;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;

/** Every answer a component test gets is compared with docs/api/openapi.yaml, whatever else the test is about. */
public final class DocumentedAnswers implements QuarkusTestBeforeEachCallback {

    @Override
    public void beforeEach(QuarkusTestMethodContext context) {
        if (RestAssured.filters().stream().noneMatch(Check.class::isInstance)) {
            RestAssured.filters(new Check(DocumentedApi.ofTheRepository()));
        }
    }

    private record Check(DocumentedApi api) implements Filter {

        @Override
        public Response filter(
                FilterableRequestSpecification request, FilterableResponseSpecification expected, FilterContext next) {
            Response response = next.next(request, expected);
            String path = URI.create(request.getURI()).getPath();
            // Health and metrics are for operators, and described elsewhere.
            if (!path.startsWith("/q/") && !request.getMethod().equals("OPTIONS")) {
                DocumentedApi.Answer answer = answer(request.getMethod(), path, response);
                check(answer);
                count(answer);
            }
            return response;
        }

        private void check(DocumentedApi.Answer answer) {
            List<String> faults = api.faults(answer);
            if (!faults.isEmpty()) {
                throw new AssertionError(
                        answer + ", and docs/api/openapi.yaml has it otherwise (./drover openapi renews it):\n  "
                                + String.join("\n  ", faults));
            }
        }

        /** A repeat is given the answer of the first, which says nothing of the operation. */
        private void count(DocumentedApi.Answer answer) {
            String calls = answer.header(RequestCalls.HEADER);
            boolean isSuccess = answer.status() < 300 || answer.status() == 303;
            if (calls != null && isSuccess && answer.header("Idempotency-Replayed") == null) {
                api.operationName(answer)
                        .ifPresent(name -> CallRecord.ofThisJvm().succeeded(name, Integer.parseInt(calls)));
            }
        }

        private static DocumentedApi.Answer answer(String method, String path, Response response) {
            Map<String, String> headers = new HashMap<>();
            for (Header header : response.headers()) {
                headers.put(header.getName().toLowerCase(Locale.ROOT), header.getValue());
            }
            return new DocumentedApi.Answer(method, path, response.statusCode(), headers, response.asString());
        }
    }
}
