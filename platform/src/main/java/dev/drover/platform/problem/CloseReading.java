package dev.drover.platform.problem;

import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.inject.Singleton;
import jakarta.validation.Validator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Looks at a body, or at a part that stands for itself, until all is known that is wrong with it. A few that nothing is wrong with come here too. */
@Singleton
public final class CloseReading {

    private final ObjectMapper json;
    private final BodyMembers members;
    private final Validator validator;

    public CloseReading(ObjectMapper json, Validator validator) {
        this.json = json;
        this.members = new BodyMembers(json);
        this.validator = validator;
    }

    /** @throws ServiceException all that is wrong with it */
    public <T> T read(byte[] body, Class<T> type) throws IOException {
        return type.cast(read(body, json.constructType(type)));
    }

    Object read(byte[] body, JavaType target) throws IOException {
        try {
            JsonNode tree = json.readTree(body);
            if (tree == null || !tree.isObject()) {
                throw noObject();
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

    public static ServiceException noObject() {
        return ServiceException.invalid("", BodyForm.OBJECT);
    }

    /** Of what cannot be looked at closer. */
    public static ServiceException unfit() {
        return ServiceException.invalid("", JsonFaults.FORM);
    }

    /**
     * What annotations say alone is left to the resource's own validation, which knows its parameters too.
     *
     * @throws ServiceException it breaks rules of its own, or its annotations
     */
    public <T> T judged(T body) {
        if (body instanceof JudgedBody own && !own.violations().isEmpty()
                || body instanceof SoundBody parts && !parts.annotationsHold()) {
            throw ServiceException.invalid(constraints(body).toList());
        }
        return body;
    }

    boolean isBroken(Object body) {
        return constraints(body).findAny().isPresent();
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
