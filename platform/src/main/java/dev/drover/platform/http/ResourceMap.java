package dev.drover.platform.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.ws.rs.core.MediaType;

import io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder;
import org.jboss.resteasy.reactive.server.core.Deployment;
import org.jboss.resteasy.reactive.server.handlers.ClassRoutingHandler;
import org.jboss.resteasy.reactive.server.handlers.RestInitialHandler.InitialMatch;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper.RequestMatch;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper.RequestPath;
import org.jboss.resteasy.reactive.server.mapping.RuntimeResource;

/**
 * The endpoints there are, over all resource classes. Jakarta REST chooses one class by the path and then knows of no other, so its own answer
 * to a wrong method, or to OPTIONS, leaves out what another class takes on the same path.
 */
public final class ResourceMap {

    private final List<RequestPath<InitialMatch>> classes;

    private ResourceMap(Deployment deployment) {
        this.classes = deployment.getClassMappers();
    }

    public static ResourceMap ofTheApplication() {
        return new ResourceMap(ResteasyReactiveRecorder.getCurrentDeployment());
    }

    public List<RuntimeResource> all() {
        return classes.stream()
                .flatMap(path -> mappers(path.value))
                .flatMap(mapper -> mapper.getTemplates().stream())
                .map(path -> path.value)
                .toList();
    }

    /** What takes requests to this path, by whichever method. */
    public List<RuntimeResource> at(String path) {
        List<RuntimeResource> found = new ArrayList<>();
        for (RequestPath<InitialMatch> candidate : classes) {
            RequestMatch<InitialMatch> match = new RequestMapper<>(new ArrayList<>(List.of(candidate))).map(path);
            if (match != null) {
                String rest = match.remaining.isEmpty() ? "/" : match.remaining;
                mappers(match.value)
                        .map(mapper -> mapper.map(rest))
                        .filter(resource -> resource != null && resource.remaining.isEmpty())
                        .forEach(resource -> found.add(resource.value));
            }
        }
        return found;
    }

    /** Whether there is something at this path, and it takes other methods only. */
    public boolean lacks(String path, String method) {
        List<RuntimeResource> there = at(path);
        return !there.isEmpty()
                && there.stream()
                        .map(RuntimeResource::getHttpMethod)
                        .noneMatch(taken -> taken.equals(method) || taken.equals("GET") && method.equals("HEAD"));
    }

    /** For {@code Allow}; empty when there is nothing at this path. */
    public Optional<String> allow(String path) {
        Set<String> methods =
                at(path).stream().map(RuntimeResource::getHttpMethod).collect(Collectors.toCollection(TreeSet::new));
        if (methods.isEmpty()) {
            return Optional.empty();
        }
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        methods.add("OPTIONS");
        return Optional.of(String.join(", ", methods));
    }

    /** For {@code Accept-Patch} (RFC 5789), or {@code Accept} of a 415 (RFC 9110): the media types this method takes there. */
    public Optional<String> consumed(String path, String method) {
        String types = at(path).stream()
                .filter(resource -> resource.getHttpMethod().equals(method))
                .flatMap(resource -> resource.getConsumes().stream())
                .map(MediaType::toString)
                .distinct()
                .collect(Collectors.joining(", "));
        return types.isEmpty() ? Optional.empty() : Optional.of(types);
    }

    /** One mapper for each method of a class; the one without a method would be for locators of sub-resources. */
    private static Stream<RequestMapper<RuntimeResource>> mappers(InitialMatch match) {
        return Arrays.stream(match.handlers)
                .filter(ClassRoutingHandler.class::isInstance)
                .flatMap(handler -> ((ClassRoutingHandler) handler).getMappers().entrySet().stream())
                .filter(mapper -> mapper.getKey() != null)
                .map(Map.Entry::getValue);
    }
}
