package dev.drover.testing;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

import io.quarkus.security.Authenticated;
import org.jboss.resteasy.reactive.server.mapping.RuntimeResource;

import dev.drover.platform.http.ResourceMap;
import dev.drover.platform.ratelimit.NotRateLimited;

/** One operation of the service under test, as its resource classes have it. */
record Endpoint(
        String method,
        String template,
        List<String> consumes,
        List<Query> queries,
        boolean needsCaller,
        boolean isLimited) {

    private static final Pattern PARAMETER = Pattern.compile("\\{([^{}]*|\\{[^{}]*})*}");
    private static final List<String> SAMPLES = List.of("med_a", "name");
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    /** A parameter of the query, and whether any text is one. */
    record Query(String name, boolean isText) {}

    static List<Endpoint> all() {
        return ResourceMap.ofTheApplication().all().stream().map(Endpoint::of).toList();
    }

    private static Endpoint of(RuntimeResource resource) {
        Method method = resource.getLazyMethod().getMethod();
        String path =
                (resource.getClassPath() == null ? "" : resource.getClassPath().template) + resource.getPath().template;
        boolean needsCaller = Stream.of(method, resource.getResourceClass())
                .anyMatch(place -> place.isAnnotationPresent(Authenticated.class)
                        || place.isAnnotationPresent(RolesAllowed.class));
        boolean isLimited = Stream.of(method, resource.getResourceClass())
                .noneMatch(place -> place.isAnnotationPresent(NotRateLimited.class));
        return new Endpoint(
                resource.getHttpMethod(),
                path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path,
                resource.getConsumes().stream().map(MediaType::toString).toList(),
                Arrays.stream(method.getParameters())
                        .filter(parameter -> parameter.isAnnotationPresent(QueryParam.class))
                        .map(parameter -> new Query(
                                parameter.getAnnotation(QueryParam.class).value(), parameter.getType() == String.class))
                        .toList(),
                needsCaller,
                isLimited);
    }

    boolean isSafe() {
        return SAFE.contains(method);
    }

    boolean hasParameters() {
        return template.contains("{");
    }

    /** One that is this endpoint's: what a parameter may be can be part of its template, and anything else is no path at all. */
    String anyPath() {
        return PARAMETER.matcher(template).replaceAll(parameter -> Matcher.quoteReplacement(sample(parameter.group())));
    }

    /** Whether its template stands for this path: that of another endpoint may be one of its own. */
    boolean isAt(String path) {
        StringBuilder pattern = new StringBuilder();
        Matcher parameter = PARAMETER.matcher(template);
        int literal = 0;
        while (parameter.find()) {
            int colon = parameter.group().indexOf(':');
            pattern.append(Pattern.quote(template.substring(literal, parameter.start())))
                    .append('(')
                    .append(
                            colon < 0
                                    ? "[^/]+"
                                    : parameter
                                            .group()
                                            .substring(
                                                    colon + 1, parameter.group().length() - 1)
                                            .strip())
                    .append(')');
            literal = parameter.end();
        }
        return path.matches(
                pattern.append(Pattern.quote(template.substring(literal))).toString());
    }

    private static String sample(String parameter) {
        int colon = parameter.indexOf(':');
        if (colon < 0) {
            return SAMPLES.getFirst();
        }
        String pattern = parameter.substring(colon + 1, parameter.length() - 1).strip();
        return SAMPLES.stream()
                .filter(sample -> sample.matches(pattern))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no sample is " + pattern));
    }

    /** @param value of every parameter in it */
    String path(String value) {
        return PARAMETER.matcher(template).replaceAll(Matcher.quoteReplacement(value));
    }

    /** As the document of the API names it. */
    String documentedPath() {
        return template.replaceAll("\\{\\s*(\\w+)\\s*:(?:[^{}]|\\{[^{}]*})*}", "{$1}");
    }

    @Override
    public String toString() {
        return method + " " + documentedPath();
    }
}
