package dev.drover.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A request as it goes over the wire, again and again.
 *
 * @param body   may have {@value #NUMBER}, as the path may: a number that no other request of the run has
 * @param tokens of those who ask, one after the other; empty: nobody, or it is among the headers
 */
public record HttpCall(String method, String path, List<String> headers, String body, List<String> tokens) {

    public static final String NUMBER = "{n}";

    private static final String BEARER = "Authorization: Bearer ";
    private static final String END = "\r\n";

    public HttpCall {
        headers = List.copyOf(headers);
        tokens = List.copyOf(tokens);
    }

    public static HttpCall get(String path) {
        return new HttpCall("GET", path, List.of(), "", List.of());
    }

    public static HttpCall json(String method, String path, String body) {
        return new HttpCall(method, path, List.of("Content-Type: application/json"), body, List.of());
    }

    public HttpCall with(String header) {
        List<String> more = new ArrayList<>(headers);
        more.add(header);
        return new HttpCall(method, path, more, body, tokens);
    }

    public HttpCall bearer(String token) {
        return with(BEARER + token);
    }

    /** Several who ask in turn, for what one alone cannot do at the same time. */
    public HttpCall bearers(List<String> all) {
        List<String> others =
                headers.stream().filter(header -> !header.startsWith(BEARER)).toList();
        return new HttpCall(method, path, others, body, all);
    }

    boolean isNumbered() {
        return !tokens.isEmpty() || path.contains(NUMBER) || body.contains(NUMBER);
    }

    byte[] bytes(String authority, long number) {
        String n = Long.toString(number);
        String sent = body.replace(NUMBER, n);
        StringBuilder request = new StringBuilder(256 + sent.length())
                .append(method)
                .append(' ')
                .append(path.replace(NUMBER, n))
                .append(" HTTP/1.1")
                .append(END)
                .append("Host: ")
                .append(authority)
                .append(END);
        headers.forEach(header -> request.append(header).append(END));
        if (!tokens.isEmpty()) {
            request.append(BEARER)
                    .append(tokens.get((int) (number % tokens.size())))
                    .append(END);
        }
        if (!sent.isEmpty()) {
            request.append("Content-Length: ")
                    .append(sent.getBytes(StandardCharsets.UTF_8).length)
                    .append(END);
        }
        return request.append(END).append(sent).toString().getBytes(StandardCharsets.UTF_8);
    }
}
