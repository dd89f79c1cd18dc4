package dev.drover.jobs.webhook;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The payload of {@code http.call}: one request to one server.
 *
 * @param method  POST if it is left out
 * @param headers beside those the call has anyway
 * @param body    any JSON value, sent as it is; null for none
 * @param secret  the name of the secret it is signed with; null for no signature
 * @param timeout ISO 8601; null for the configured one
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
record Call(String url, String method, Map<String, String> headers, JsonNode body, String secret, Duration timeout) {

    private static final Set<String> METHODS = Set.of("POST", "PUT", "PATCH", "GET", "DELETE");
    private static final Set<String> OURS = Set.of(
            "host",
            "content-length",
            "transfer-encoding",
            "connection",
            "upgrade",
            "expect",
            "te",
            "trailer",
            "content-type");
    private static final int URL_CHARS_MAX = 2_000;
    private static final int HEADERS_MAX = 20;
    private static final int PORT_MAX = 65_535;

    Call {
        if (url == null || url.length() > URL_CHARS_MAX) {
            throw new IllegalArgumentException("\"url\" must be an http or https URL of at most 2000 characters");
        }
        checkedUri(url);
        method = method == null ? "POST" : method;
        if (!METHODS.contains(method)) {
            throw new IllegalArgumentException("\"method\" must be POST, PUT, PATCH, GET or DELETE");
        }
        headers = headers == null ? Map.of() : Map.copyOf(headers);
        if (headers.size() > HEADERS_MAX) {
            throw new IllegalArgumentException("\"headers\" has more than " + HEADERS_MAX + " members");
        }
        headers.forEach(Call::checkHeader);
    }

    private static URI checkedUri(String url) {
        try {
            URI uri = new URI(url);
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            if (!web || uri.getHost() == null || uri.getUserInfo() != null || uri.getPort() > PORT_MAX) {
                throw new IllegalArgumentException("\"url\" must be an http or https URL without user and password");
            }
            return uri;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("\"url\" is malformed");
        }
    }

    private static void checkHeader(String name, String value) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (!lower.matches("[a-z0-9!#$%&'*+.^_`|~-]{1,64}") || OURS.contains(lower) || lower.startsWith("webhook-")) {
            throw new IllegalArgumentException("\"headers\" has a name that is not a job's to set");
        }
        if (value == null || !value.matches("[\\x20-\\x7e]{0,1000}")) {
            throw new IllegalArgumentException("\"headers\" has a value that is not printable ASCII");
        }
    }

    /** @throws IllegalArgumentException the payload is no call; the message says why */
    static Call parse(ObjectMapper json, String payload) {
        try {
            return json.readValue(payload, Call.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    e.getCause() instanceof IllegalArgumentException rule
                            ? rule.getMessage()
                            : "the payload must be {\"url\", \"method\"?, \"headers\"?, \"body\"?, \"secret\"?, \"timeout\"?}");
        }
    }

    URI uri() {
        return checkedUri(url);
    }

    /** Without the brackets of an IPv6 address. */
    String host() {
        String host = uri().getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    boolean isTls() {
        return uri().getScheme().equalsIgnoreCase("https");
    }

    int port() {
        int named = uri().getPort();
        if (named >= 0) {
            return named;
        }
        return isTls() ? 443 : 80;
    }

    String target() {
        String path = uri().getRawPath();
        String query = uri().getRawQuery();
        return (path == null || path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
    }

    String content() {
        return body == null || body.isNull() ? "" : body.toString();
    }

    Optional<String> secretName() {
        return Optional.ofNullable(secret);
    }
}
