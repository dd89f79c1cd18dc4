package dev.drover.platform.problem;

import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import jakarta.inject.Singleton;
import jakarta.validation.Validator;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Reads the records that JSON bodies are, and says of a body all that is wrong with it in one answer. */
@Provider
@Singleton
@Consumes(MediaType.APPLICATION_JSON)
public final class JsonBodyReader implements MessageBodyReader<Object> {

    private final ObjectMapper json;
    private final BodyMembers members;
    private final Validator validator;

    JsonBodyReader(ObjectMapper json, Validator validator) {
        this.json = json;
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
        byte[] body = stream.readAllBytes();
        try {
            JsonNode tree = json.readTree(body);
            if (tree == null || tree.isMissingNode()) {
                return null;
            }
            if (!tree.isObject()) {
                throw new ServiceException(PlatformError.MALFORMED_JSON, "A JSON object is expected as body.");
            }
            JavaType target = json.constructType(genericType);
            BodyForm form = new BodyForm(json, members);
            form.check(tree, target, "");
            if (!form.isFlawless()) {
                throw refusal(form, tree, target);
            }
            // Once more from the text: in a tree a number may have lost digits.
            return json.readValue(body, target);
        } catch (JsonProcessingException e) {
            throw JsonFaults.of(e);
        } catch (NumberFormatException e) {
            // Jackson lets it through for an exponent of more digits than a BigDecimal can have.
            throw new ServiceException(PlatformError.MALFORMED_JSON, "A number is too long.");
        }
    }

    private ServiceException refusal(BodyForm form, JsonNode rest, JavaType target) {
        List<Violation> all = Stream.of(form.unknown(), form.mistyped(), constraints(form, rest, target))
                .flatMap(List::stream)
                .sorted(Comparator.comparing(Violation::pointer))
                .toList();
        return form.unknown().isEmpty() ? ServiceException.invalid(all) : ServiceException.unknownFields(all);
    }

    /** What the members that can be read break; nothing when too little is left to bind. */
    private List<Violation> constraints(BodyForm form, JsonNode rest, JavaType target) {
        List<Violation> broken = new ArrayList<>();
        try {
            validator.validate(json.<Object>treeToValue(rest, target)).stream()
                    .map(ConstraintFaults::violation)
                    .filter(violation -> form.mistyped().stream()
                            .noneMatch(known -> violation.pointer().startsWith(known.pointer())))
                    .forEach(broken::add);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return List.of();
        }
        return broken;
    }
}
