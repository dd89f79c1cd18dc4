package dev.drover.platform.problem;

import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.inject.Singleton;
import jakarta.validation.Validator;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.arc.All;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;

/**
 * Reads the records that JSON bodies are, and says of a body all that is wrong with it in one answer. One that is left out is {@code {}}, but not where it
 * is to replace what there is.
 */
@Provider
@Singleton
@Consumes(MediaType.APPLICATION_JSON)
public final class JsonBodyReader implements MessageBodyReader<Object> {

    private static final byte[] LEFT_OUT = {'{', '}'};

    private final ObjectMapper json;
    private final StrictReading strict;
    private final BodyMembers members;
    private final Validator validator;

    JsonBodyReader(ObjectMapper json, Validator validator, @All List<BodyReading<?>> own) {
        this.json = json;
        this.strict = new StrictReading(json, own);
        this.members = new BodyMembers(json);
        this.validator = validator;
    }

    @Override
    public boolean isReadable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type.isRecord();
    }

    @Override
    public Object readFrom(
            Class<Object> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream stream)
            throws IOException {
        byte[] sent = stream.readAllBytes();
        byte[] body = isBlank(sent) && !isReplacement() ? LEFT_OUT : sent;
        JavaType target = json.constructType(genericType);
        Optional<Object> flawless = strict.read(body, target);
        return flawless.isPresent() ? judged(flawless.get()) : lookedAt(body, target);
    }

    /** A slip of the client's must not clear all that a PUT would have set. */
    private static boolean isReplacement() {
        ResteasyReactiveRequestContext request = CurrentRequestManager.get();
        return request != null && HttpMethod.PUT.equals(request.getMethod());
    }

    private static boolean isBlank(byte[] body) {
        for (byte each : body) {
            if (each != ' ' && each != '\n' && each != '\r' && each != '\t') {
                return false;
            }
        }
        return true;
    }

    /** All that is wrong with it; a few that nothing is wrong with come here too. */
    private Object lookedAt(byte[] body, JavaType target) throws IOException {
        try {
            JsonNode tree = json.readTree(body);
            if (tree == null || !tree.isObject()) {
                throw ServiceException.invalid("", BodyForm.OBJECT);
            }
            BodyForm form = new BodyForm(json, members);
            form.check(tree, target, "");
            if (!form.isFlawless()) {
                throw ServiceException.unfit(
                        form.unknown(),
                        Stream.concat(form.mistyped().stream(), broken(form, tree, target))
                                .toList());
            }
            // Once more from the text: in a tree a number may have lost digits.
            return judged(json.readValue(body, target));
        } catch (JsonProcessingException e) {
            throw JsonFaults.of(e);
        } catch (NumberFormatException e) {
            // Jackson lets it through for an exponent of more digits than a BigDecimal can have.
            throw new ServiceException(PlatformError.MALFORMED_JSON, "A number is too long.");
        }
    }

    /** What annotations say alone is left to the resource's own validation, which knows its parameters too. */
    private Object judged(Object body) {
        if (body instanceof JudgedBody own && !own.violations().isEmpty()
                || body instanceof SoundBody parts && !parts.annotationsHold()) {
            throw ServiceException.invalid(constraints(body).toList());
        }
        return body;
    }

    /** What the members that can be read break; nothing when too little is left to bind. */
    private Stream<Violation> broken(BodyForm form, JsonNode rest, JavaType target) {
        Set<String> unread = form.mistyped().stream().map(Violation::pointer).collect(Collectors.toSet());
        try {
            return constraints(json.treeToValue(rest, target))
                    .filter(violation -> !isWithin(violation.pointer(), unread));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return Stream.empty();
        }
    }

    private Stream<Violation> constraints(Object body) {
        return Stream.concat(
                validator.validate(body).stream().map(ConstraintFaults::violation),
                body instanceof JudgedBody own ? own.violations().stream() : Stream.empty());
    }

    /** Of what could not be read it is no news that it is not there. */
    private static boolean isWithin(String pointer, Set<String> unread) {
        for (int end = pointer.length(); end >= 0; end = pointer.lastIndexOf('/', end - 1)) {
            if (unread.contains(pointer.substring(0, end))) {
                return true;
            }
        }
        return false;
    }
}
